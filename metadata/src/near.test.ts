import { expect, test } from 'vitest'
import { nearest } from './near.ts'

test.each([
  ['titel', ['subtitle', 'title'], 'title'],
  ['amuont', ['amount'], 'amount'],
  ['nam', ['phone', 'name'], 'name'],
  ['limits', ['limit'], 'limit'],
  ['zz', ['name'], undefined],
  ['a', ['b'], 'b'],
  ['x', [], undefined],
])('“%s” among %j probably means %s', (name, candidates, near) => {
  expect(nearest(name, candidates)).toBe(near)
})
