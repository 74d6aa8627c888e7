import { describe, expect, it } from 'vitest'
import { formatAmount, formatDay, formatMoment, formatNumber, formatRelative, todayOf } from './format.ts'

const zh = { locale: 'zh-CN', timeZone: 'Asia/Shanghai', currency: 'CNY' } as const
const en = { ...zh, locale: 'en' } as const
const now = Date.parse('2026-11-23T10:00:00Z')

describe('amounts', () => {
  it.each([
    [9999.5, '9,999.50'],
    [10_000, '1.00万'],
    [-123_456.78, '-12.35万'],
    [250_000_000, '2.50亿'],
  ])('%d reads as %s in Chinese', (value, text) => {
    expect(formatAmount(value, zh)).toBe(text)
  })

  it('are exact in English', () => {
    expect(formatAmount(123_456.78, en)).toBe('123,456.78')
  })

  it('name another currency than the company’s', () => {
    expect(formatAmount(12, en, { currency: 'USD' })).toBe('USD 12.00')
    expect(formatAmount(12, en, { currency: 'CNY' })).toBe('12.00')
  })
})

it('numbers have separators and the places they came with', () => {
  expect(formatNumber(1234.5, 'en')).toBe('1,234.5')
  expect(formatNumber(1234.5, 'zh-CN', 2)).toBe('1,234.50')
})

it('days read as the language writes them, in no time zone', () => {
  expect(formatDay('2026-01-02', 'zh-CN')).toBe('2026-01-02')
  expect(formatDay('2026-01-02', 'en')).toBe('2 Jan 2026')
})

it('moments are shown on the company’s clock', () => {
  expect(formatMoment('2026-11-22T17:05:00+00:00', zh)).toBe('2026-11-23 01:05')
  expect(todayOf(zh, Date.parse('2026-11-22T17:05:00Z'))).toBe('2026-11-23')
})

it.each([
  ['2026-11-23T09:59:30Z', '30 seconds ago'],
  ['2026-11-23T07:10:00Z', '2 hours ago'],
  ['2026-11-22T09:00:00Z', 'yesterday'],
  ['2026-11-26T11:00:00Z', 'in 3 days'],
  ['2026-10-01T00:00:00Z', '1 Oct 2026'],
])('%s is %s', (moment, text) => {
  expect(formatRelative(moment, en, now)).toBe(text)
})
