import { entityLogic } from '@heddle/metadata'
import { expect, it } from 'vitest'
import type { FieldAccess } from '../api/session.ts'
import { releaseOf } from '../testing/notebooks.ts'
import { visibleRelease } from './visible-release.ts'

const release = releaseOf({
  'entity/note': {
    title: 'Note',
    type: 'object',
    required: ['title', 'kind'],
    properties: {
      title: { title: 'Title', 'x-field': { type: 'text' } },
      kind: { title: 'Kind', 'x-field': { type: 'text' } },
      cost: { title: 'Cost', 'x-field': { type: 'money' } },
      above: { title: 'Above', 'x-field': { type: 'lookup', entity: 'note' } },
    },
    'x-entity': {
      label: 'title',
      search: ['title', 'kind'],
      rules: {
        dear: { when: 'cost > 100', error: 'Too dear' },
        long: { when: 'string length(title) > 9', error: 'Too long' },
      },
    },
  },
})

function seenWith(limits: { readonly [field: string]: FieldAccess }) {
  const seen = visibleRelease(release, new Map([['note', new Map(Object.entries(limits))]]))
  const entity = seen.entity('note')
  if (entity === undefined) throw new Error('The fixture has no note.')
  return { seen, entity }
}

it('a hidden field is not there, nor are the rules that read it', () => {
  const { seen, entity } = seenWith({ cost: 'none' })
  expect([...entity.fields.keys()]).toEqual(['title', 'kind', 'above'])
  expect(entityLogic(seen, entity).rules.map(({ rule }) => rule.id)).toEqual(['long'])
  expect(entityLogic(release, release.entity('note') ?? entity).rules).toHaveLength(2)
})

it('a field that may only be read is read-only and demanded of nobody', () => {
  const kind = seenWith({ kind: 'read' }).entity.fields.get('kind')
  expect(kind).toMatchObject({ isRequired: false, dynamic: { readOnly: 'true' } })
})

it('a hidden label names nothing and a hidden text is not searched', () => {
  const { entity } = seenWith({ title: 'masked' })
  expect(entity).toMatchObject({ label: undefined, search: [] })
})

it('a lookup that is hidden leads nowhere', () => {
  expect(seenWith({ cost: 'none' }).seen.referencesTo('note')).toHaveLength(1)
  expect(seenWith({ above: 'none' }).seen.referencesTo('note')).toEqual([])
})

it('who is limited nowhere sees the release itself', () => {
  expect(visibleRelease(release, new Map())).toBe(release)
})
