import { describe, expect, it } from 'vitest'
import { unread } from '../unread.ts'
import { spelledOut } from './large-number.ts'
import { completed, missingShare, shareOfText, sharesOf, sumOfShares, valueOfShares } from './shares.ts'

describe('spelledOut', () => {
  it.each([
    ['3.5万', '35000'],
    ['１.２亿', '120000000'],
    ['1,200 万', '12000000'],
    ['-0.1万元', '-1000'],
    ['2万亿', '2000000000000'],
    ['1234.5', '1234.5'],
    ['万', '万'],
    ['三万', '三万'],
  ])('reads %s as %s', (text, expected) => {
    expect(spelledOut(text)).toBe(expected)
  })
})

describe('shares', () => {
  const shares = sharesOf([{ part: 'cotton', share: 60.1 }, { part: 'wool', share: 20.2 }, { part: null }])

  it('add up without dust', () => {
    expect(sumOfShares(shares)).toBe(80.3)
    expect(missingShare(shares, 100)).toBe(19.7)
  })

  it('give what is missing to one row, and nothing when there is too much', () => {
    expect(completed(shares, 2, 100)[2]).toEqual({ part: null, share: 19.7 })
    expect(completed(shares, 2, 50)[2]).toEqual({ part: null, share: null })
  })

  it.each([
    ['65.', 65],
    ['65.5', 65.5],
    [' ６５．５％ ', 65.5],
    ['', null],
    ['6x', unread('6x')],
    ['-', unread('-')],
  ])('are read while they are typed: %s', (text, expected) => {
    expect(shareOfText(text)).toEqual(expected)
  })

  it('keep what cannot be read, which adds up to nothing', () => {
    const typed = sharesOf(
      valueOfShares([
        { part: 'cotton', share: shareOfText('6x') },
        { part: 'wool', share: 40 },
      ]),
    )
    expect(typed[0]).toEqual({ part: 'cotton', share: unread('6x') })
    expect(sumOfShares(typed)).toBe(40)
  })

  it('are null without rows', () => {
    expect(valueOfShares([])).toBeNull()
    expect(valueOfShares(shares.slice(2))).toEqual([{ part: null, share: null }])
  })
})
