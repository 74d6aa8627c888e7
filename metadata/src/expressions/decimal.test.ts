import { describe, expect, it } from 'vitest'
import { decimalText, modulo, roundDown, roundHalfDown, roundHalfEven, roundHalfUp, roundUp } from './decimal.ts'

describe('rounding counts in decimal, away from or towards zero alike on both sides of it', () => {
  it.each([
    [1.005, 1.01, 1, 1, 1.01, 1],
    [-1.005, -1.01, -1, -1, -1.01, -1],
    [2.675, 2.68, 2.67, 2.68, 2.68, 2.67],
    [0.1 + 0.2, 0.3, 0.3, 0.3, 0.3, 0.3],
    [1.001, 1, 1, 1, 1.01, 1],
    [-0.001, 0, 0, 0, -0.01, 0],
  ])('%d to two places', (value, halfUp, halfDown, halfEven, up, down) => {
    expect([roundHalfUp, roundHalfDown, roundHalfEven, roundUp, roundDown].map((round) => round(value, 2))).toEqual([
      halfUp,
      halfDown,
      halfEven,
      up,
      down,
    ])
  })
})

describe('numbers', () => {
  it('leave a remainder with the sign of the divisor', () => {
    expect([modulo(-5, 3, 0), modulo(5, -3, 0), modulo(0.3, 0.1, 1), modulo(1, 0, 0)]).toEqual([1, -1, 0, null])
  })

  it('are written without exponent and without trailing zeros', () => {
    expect([decimalText(0.0000001, 8), decimalText(100, 2), decimalText(-0.001, 2)]).toEqual(['0.0000001', '100', '0'])
  })
})
