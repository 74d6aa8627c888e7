import { expect, it } from 'vitest'
import { neighbour, rowsOf } from './rows.ts'

const records = [
  { id: '1', kind: 'a' },
  { id: '2', kind: 'a' },
  { id: '3', kind: null },
]

it('records of one value stand under one heading', () => {
  expect(rowsOf(records, 'kind').map(({ kind, id }) => `${kind} ${id}`)).toEqual([
    'group group "a"',
    'record 1',
    'record 2',
    'group group null',
    'record 3',
  ])
  expect(rowsOf(records, undefined)).toHaveLength(3)
})

it('walking stops at both ends and begins at the first record', () => {
  expect(neighbour(records, '1', 1)?.id).toBe('2')
  expect(neighbour(records, '3', 1)?.id).toBe('3')
  expect(neighbour(records, '1', -1)?.id).toBe('1')
  expect(neighbour(records, undefined, 1)?.id).toBe('1')
})
