import { expect, it } from 'vitest'
import { groupedByKind, type Published } from './published.ts'

const published: Published = {
  number: 3,
  items: [
    { kind: 'view', name: 'note_all', title: 'All notes', owner: 'site' },
    { kind: 'entity', name: 'note', title: 'Note', owner: 'site' },
    { kind: 'entity', name: 'author', title: 'Writer', owner: 'site' },
    { kind: 'later', name: 'note_flow', title: 'Flow', owner: 'site' },
  ],
}

it('definitions are listed by kind, entities first and unknown kinds last', () => {
  expect(groupedByKind(published, '').map(({ kind, items }) => [kind, items.length])).toEqual([
    ['entity', 2],
    ['view', 1],
    ['later', 1],
  ])
})

it('a definition is found by its title and by its name', () => {
  expect(groupedByKind(published, ' WRITER ').flatMap(({ items }) => items.map(({ name }) => name))).toEqual(['author'])
  expect(groupedByKind(published, 'note_').flatMap(({ items }) => items.map(({ name }) => name))).toEqual([
    'note_all',
    'note_flow',
  ])
})
