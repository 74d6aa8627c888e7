import { expect, it } from 'vitest'
import { isAbout, recordQuery, timelineKey } from './records.ts'

const note = { entity: 'note', id: '1' }

it.each([
  [recordQuery('note', '1').queryKey, true],
  [timelineKey('note', '1'), true],
  [['records', 'note', 'list', {}], true],
  [recordQuery('note', '2').queryKey, false],
  [['records', 'other', 'list', {}], false],
  [['me'], false],
])('%j shows something of the note or lists notes: %s', (queryKey, isShown) => {
  expect(isAbout(note, queryKey)).toBe(isShown)
})

it('a query can name other entities whose records it shows', () => {
  const { queryKey } = recordQuery('book', '9')
  expect(isAbout(note, queryKey, { entities: ['note'] })).toBe(true)
  expect(isAbout(note, queryKey, { entities: ['other'] })).toBe(false)
})
