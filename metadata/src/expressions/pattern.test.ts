import { describe, expect, it } from 'vitest'
import { matchPattern } from './match-pattern.ts'
import { parsePattern } from './pattern.ts'

const matches = (source: string, text: string) => {
  const pattern = parsePattern(source)
  return pattern ? matchPattern(pattern, text) : 'refused'
}

describe('a pattern', () => {
  it.each([
    '^a',
    'b$',
    '^$',
    'a.c',
    'a|b',
    '[a-c]+',
    '[^a-c]',
    '\\d{2,3}',
    '^\\w+\\s?',
    '(?:ab)?c',
    'a{2}',
    '[\\d-]',
    'x*y+',
    '棉.',
    '[一-龥]{2}',
    '^1[3-9]\\d{9}$',
    '\\.',
    '(a|b)c',
  ])('%s matches what the language’s own engine matches', (source) => {
    const own = new RegExp(source, 'u')
    for (const text of [
      '',
      'a',
      'abc',
      'aab c',
      'b',
      'xxyy',
      '12',
      '1-2345',
      '棉布',
      '13812345678',
      'a\nc',
      'bc.',
      'ac',
    ]) {
      expect(matches(source, text), text).toBe(own.test(text))
    }
  })

  it.each([
    '(a+)+',
    '(a*)*b',
    '(a|b*)*',
    '(^a)*',
    'a**',
    'a{3,1}',
    'a{51}',
    '(?=a)',
    '(?<n>a)',
    '\\1',
    '\\b',
    '[',
    '[]',
    '(',
    ')',
    '*a',
    '[b-a]',
    'a{',
    '\\',
  ])('%s is refused', (source) => {
    expect(matches(source, 'a')).toBe('refused')
  })

  it('does not look at texts over 1,000 characters', () => {
    expect(matches('a', 'a'.repeat(1001))).toBeNull()
  })
})
