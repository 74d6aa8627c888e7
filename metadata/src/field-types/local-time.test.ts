import { expect, test } from 'vitest'
import { instantOf, wallTimeAt } from './local-time.ts'

const wall = (month: number, day: number, hour: number, minute = 0) => ({
  year: 2025,
  month,
  day,
  hour,
  minute,
  second: 0,
})
const iso = (instant: number) => new Date(instant).toISOString()

test('knows the offset of a zone, also in summer time', () => {
  expect(iso(instantOf(wall(1, 31, 8, 30), 'Asia/Shanghai'))).toBe('2025-01-31T00:30:00.000Z')
  expect(iso(instantOf(wall(7, 1, 12), 'Europe/Berlin'))).toBe('2025-07-01T10:00:00.000Z')
})

test('takes the first of two moments that a clock shows twice', () => {
  expect(iso(instantOf(wall(10, 26, 2, 30), 'Europe/Berlin'))).toBe('2025-10-26T00:30:00.000Z')
})

test('counts on over an hour that a clock skips', () => {
  const instant = instantOf(wall(3, 30, 2, 30), 'Europe/Berlin')
  expect(wallTimeAt(instant, 'Europe/Berlin')).toEqual(wall(3, 30, 3, 30))
})
