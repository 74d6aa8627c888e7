import { expect, test } from 'vitest'
import { lunarToSolar } from './lunar-calendar.ts'

const plain = (month: number, day: number) => ({ month, day, leap: false })

test.each([
  ['new year 2025', 2025, plain(1, 1), '2025-01-29'],
  ['the first of the leap sixth month 2025', 2025, { month: 6, day: 1, leap: true }, '2025-07-25'],
  ['the eve of new year 2026, a month of 29 days', 2025, plain(12, 29), '2026-02-16'],
  ['new year 2026', 2026, plain(1, 1), '2026-02-17'],
  ['the dragon boat festival 2026', 2026, plain(5, 5), '2026-06-19'],
  ['the mid-autumn festival 2026', 2026, plain(8, 15), '2026-09-25'],
  ['the eve of new year 2027, a month of 30 days', 2026, plain(12, 30), '2027-02-06'],
  ['the first of the leap eleventh month 2033', 2033, { month: 11, day: 1, leap: true }, '2033-12-22'],
])('finds %s', (_title, year, date, solar) => {
  expect(lunarToSolar(year, date)).toBe(solar)
})

test('moves a thirtieth to the twenty-ninth of a shorter month', () => {
  expect(lunarToSolar(2025, plain(12, 30))).toBe('2026-02-16')
})

test('keeps a leap-month birthday in the plain month of years without it', () => {
  expect(lunarToSolar(2026, { month: 6, day: 1, leap: true })).toBe(lunarToSolar(2026, plain(6, 1)))
})

test('refuses a month that no year has', () => {
  expect(() => lunarToSolar(2026, plain(13, 1))).toThrow(RangeError)
})
