import { expect, test } from 'vitest'
import { roundHalfUp } from './rounding.ts'

test.each([
  [1.005, 2, 1.01],
  [-1.005, 2, -1.01],
  [2.345, 2, 2.35],
  [0.1 + 0.2, 2, 0.3],
  [1e-7, 2, 0],
  [-0.001, 2, 0],
  [1e21, 2, 1e21],
  [5e-8, 7, 1e-7],
  [-1.2443705008935244e241, 2, -1.2443705008935244e241],
  [12.5, 0, 13],
])('rounds %d to %d places: %d', (value, scale, expected) => {
  expect(Object.is(roundHalfUp(value, scale), expected)).toBe(true)
})
