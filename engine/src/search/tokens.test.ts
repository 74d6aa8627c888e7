import { expect, it } from 'vitest'
import { tokensOf } from './tokens.ts'

it('a Chinese name is found by characters, pairs of neighbours and pinyin initials from any character on', () => {
  expect(tokensOf('北京大学')).toEqual(new Set(['北', '北京', '京', '京大', '大', '大学', '学', 'bjdx', 'jdx', 'dx']))
})

it('a character with several readings is read as its word has it', () => {
  expect(tokensOf('重庆银行')).toContain('cqyh')
})

it('Latin words and characters without a reading stay as they are', () => {
  expect(tokensOf('Poplin 40S')).toEqual(new Set(['poplin', '40s']))
  expect(tokensOf('魏㐂')).toEqual(new Set(['魏', '魏㐂', '㐂']))
})

it('a long text costs no more initials than its start', () => {
  const tokens = [...tokensOf('大'.repeat(500))]
  expect(Math.max(...tokens.map((token) => token.length))).toBe(12)
})

it('a text has no more than 2,000 tokens, in one long run, too', () => {
  const many = Array.from({ length: 20_000 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join('')
  expect(tokensOf(many).size).toBe(2_000)
})
