import { expect, test } from 'vitest'
import { isInRange } from './version-range.ts'

test.each([
  ['^1', '1.0.0 1.9.2', '0.9.9 2.0.0'],
  ['^1.2', '1.2.0 1.10.0', '1.1.9 2.2.0'],
  ['^1.2.3', '1.2.3 1.2.10 1.3.0', '1.2.2 2.2.3'],
  ['^0.2', '0.2.0 0.2.9', '0.1.0 0.3.0 1.2.0'],
  ['~1.2', '1.2.0 1.2.9', '1.1.0 1.3.0'],
  ['~1.2.3', '1.2.3 1.2.4', '1.2.2 1.3.3'],
  ['~1', '1.0.0 1.5.0', '2.0.0'],
  ['1', '1.0.0 1.5.0', '2.0.0 11.0.0'],
  ['1.2.3', '1.2.3', '1.2.4 1.2.2'],
])('%s takes %s, not %s', (range, inside, outside) => {
  expect(inside.split(' ').filter((version) => !isInRange(version, range))).toEqual([])
  expect(outside.split(' ').filter((version) => isInRange(version, range))).toEqual([])
})
