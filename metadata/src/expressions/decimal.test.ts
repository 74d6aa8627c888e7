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

// The last three: binary errors of a sum, a product and a quotient.
it.each([
  [1234567890123456, 2, 1234567890123456],
  [12345678901234.56, 2, 12345678901234.56],
  [1e21, 2, 1e21],
  [-1.2443705008935244e241, 2, -1.2443705008935244e241],
  [1.005, 2, 1.01],
  [-1.005, 2, -1.01],
  [2.345, 2, 2.35],
  [1e-7, 2, 0],
  [-0.001, 2, 0],
  [-0, 2, 0],
  [5e-8, 7, 1e-7],
  [12.5, 0, 13],
  [0.1 + 0.2, 2, 0.3],
  [1.15 * 3, 1, 3.5],
  [0.615 / 1, 2, 0.62],
])('%d is rounded to %d places as %d', (value, scale, expected) => {
  expect(Object.is(roundHalfUp(value, scale), expected)).toBe(true)
})
