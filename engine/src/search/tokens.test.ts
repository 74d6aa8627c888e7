import { expect, it } from 'vitest'
import { tokensOf } from './tokens.ts'

it('a Chinese name is found by characters, pairs of neighbours and pinyin initials from any character on', () => {
  expect(tokensOf('魏桥纺织')).toEqual(new Set(['魏', '魏桥', '桥', '桥纺', '纺', '纺织', '织', 'wqfz', 'qfz', 'fz']))
})

it('a character with several readings is read as its word has it', () => {
  expect(tokensOf('重庆银行')).toContain('cqyh')
})

it('Latin words and characters without a reading stay as they are', () => {
  expect(tokensOf('Poplin 40S')).toEqual(new Set(['poplin', '40s']))
  expect(tokensOf('魏㐂')).toEqual(new Set(['魏', '魏㐂', '㐂']))
})

it('a long text costs no more initials than its start', () => {
  const tokens = [...tokensOf('纺'.repeat(500))]
  expect(Math.max(...tokens.map((token) => token.length))).toBe(12)
})
