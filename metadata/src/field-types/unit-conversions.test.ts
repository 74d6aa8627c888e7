import { expect, test } from 'vitest'
import { convertUnit, unitsLike } from './unit-conversions.ts'

test.each([
  [1, 'yd', 'm', 0.9144],
  [58, 'inch', 'cm', 147.32],
  [250, 'mm', 'cm', 25],
  [1, 'lb', 'kg', 0.45359237],
  [1, 'yd2', 'm2', 0.83612736],
  [1, 'oz/yd2', 'g/m2', 33.9057475],
  [119.2, 'g/m2', 'oz/yd2', 3.5156],
  [7, 'day', 'day', 7],
])('%d %s is %d %s', (value, from, to, expected) => {
  expect(convertUnit(value, from, to)).toBeCloseTo(expected, 4)
})

test('converts exactly where the factor is a round number', () => {
  expect(convertUnit(0.3, 'm', 'cm')).toBe(30)
  expect(convertUnit(1, 'inch', 'mm')).toBe(25.4)
  expect(convertUnit(1, 'oz/yd2', 'g/m2')).toBe(28_349_523_125 / 836_127_360)
})

test('finds no way between dimensions or to unknown units', () => {
  expect(convertUnit(1, 'm', 'kg')).toBeUndefined()
  expect(convertUnit(1, 'm', 'furlong')).toBeUndefined()
  expect(unitsLike('yd2')).toEqual(['m2'])
})
