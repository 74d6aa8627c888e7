import { describe, expect, it } from 'vitest'
import { spelledOut } from './large-number.ts'
import { completed, missingShare, sharesOf, sumOfShares, valueOfShares } from './shares.ts'

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

  it('are null without rows', () => {
    expect(valueOfShares([])).toBeNull()
    expect(valueOfShares(shares.slice(2))).toEqual([{ part: null, share: null }])
  })
})
