import { expect, it } from 'vitest'
import type { Me } from '../api/session.ts'
import { releaseOf } from '../testing/notebooks.ts'
import { destinations } from './go-to.ts'
import { menusOf } from './menus.ts'

const release = releaseOf({
  'entity/note': {
    title: 'Note',
    type: 'object',
    properties: { title: { title: 'Title', 'x-field': { type: 'text' } } },
    'x-entity': { label: 'title', search: ['title'] },
  },
  'menu/all': { title: 'All', items: { note: { title: 'Notes', entity: 'note', icon: 'book' } } },
})
const me: Me = {
  ...{ id: 'm', name: 'M', email: undefined, locale: undefined, department: undefined, manager: undefined },
  ...{ roles: [], system: [] },
  verbs: new Map([['note', new Set(['read', 'create'])]]),
  limits: new Map(),
}
const menus = menusOf(release, me)
const record = (id: string, label: string) => ({ entity: 'note', id, label })

function titles(text: string, found = [record('1', 'a far note'), record('2', 'Far'), record('3', '')]) {
  const recent = [record('9', 'Lately'), { entity: 'gone', id: '8', label: 'Gone' }]
  return destinations(text, menus, { me, release, recent, found }).map(({ group, title }) => `${group} ${title}`)
}

it('without a text the palette has what was open last, and the lists', () => {
  expect(titles('')).toEqual(['record Lately', 'list Notes'])
})

it('records called like the text come before those that only have it somewhere', () => {
  expect(titles('far')).toEqual(['record Far', 'record a far note', 'record Note', 'search Notes'])
})

it('pages come before records', () => {
  expect(titles('note', [])).toEqual(['list Notes', 'create Note'])
})
