import { expect, test } from 'vitest'
import { addressOf, type Definition } from '../definition.ts'
import type { JsonObject } from '../json.ts'
import type { Change } from './changes.ts'
import { classifyOverrides, overrideFindings } from './classify-overrides.ts'
import type { Override } from './fold.ts'

const field = (title: string, more: JsonObject = {}): JsonObject => ({ title, 'x-field': { type: 'text' }, ...more })
const entity = (properties: JsonObject, more: JsonObject = {}): Definition => {
  return { kind: 'entity', name: 'article', body: { title: 'Article', required: ['phone'], properties, ...more } }
}
const version = (...definitions: Definition[]) => new Map(definitions.map((each) => [addressOf(each), each]))
const override = (change: Change): Override => ({ ...change, address: 'entity/article' })

const before = version(entity({ name: field('Name'), phone: field('Phone'), note: field('Note') }))

/** How one change of the site stands against a new version of the definition. */
function classify(change: Change, ...definitions: Definition[]) {
  const [classified] = classifyOverrides(before, version(...definitions), [override(change)])
  const { address, ...now } = classified?.override ?? override(change)
  return { state: classified?.state, address, now }
}

const retitled: Change = { op: 'set', path: '/properties/phone/title', value: 'Mobile', base: 'Phone' }
const added: Change = { op: 'set', path: '/properties/x_size', value: field('Size'), after: 'phone' }
const removed: Change = { op: 'remove', path: '/properties/note', base: field('Note') }
const moved: Change = { op: 'move', path: '/properties/note', after: 'phone' }
const same = { name: field('Name'), phone: field('Phone'), note: field('Note') }

test.each<[string, Change, JsonObject]>([
  ['nothing changed', retitled, same],
  ['something else changed', retitled, { ...same, name: field('Full name') }],
  ['the new version took over what the site says', retitled, { ...same, phone: field('Mobile') }],
  ['nothing took the place of what the site added', added, same],
  ['what the site removed is as it was', removed, same],
  ['what the site removed is gone there too', removed, { name: field('Name'), phone: field('Phone') }],
  ['what the site moved is still there', moved, { ...same, note: field('Remark') }],
])('clean: %s', (_title, change, properties) => {
  expect(classify(change, entity(properties))).toEqual({ state: 'clean', address: 'entity/article', now: change })
})

test.each<[string, Change, JsonObject]>([
  ['the text that the site replaced is another', retitled, { ...same, phone: field('Telephone') }],
  ['the field whose text the site replaced is gone', retitled, { name: field('Name') }],
  ['the new version has its own of that name', added, { ...same, x_size: field('Length') }],
  ['what the site removed was changed', removed, { ...same, note: field('Remark') }],
  ['what the site moved is gone', moved, { name: field('Name'), phone: field('Phone') }],
])('conflict: %s', (_title, change, properties) => {
  expect(classify(change, entity(properties))).toEqual({ state: 'conflict', address: 'entity/article', now: change })
})

test('conflict: the whole definition is gone', () => {
  expect(classify(retitled)).toMatchObject({ state: 'conflict' })
  expect(classify(added)).toMatchObject({ state: 'conflict' })
})

const renamed = { name: field('Name'), telephone: field('Phone', { 'x-id': 'phone' }), note: field('Note') }

test.each<[Change, Change]>([
  [retitled, { ...retitled, path: '/properties/telephone/title' }],
  [
    { ...added, path: '/properties/x_size' },
    { ...added, after: 'telephone' },
  ],
  [
    { op: 'move', path: '/properties/phone', after: null },
    { op: 'move', path: '/properties/telephone', after: null },
  ],
  [
    { op: 'remove', path: '/required/phone', base: true },
    { op: 'remove', path: '/required/telephone', base: true },
  ],
])('moved: %j follows the field that was renamed', (change, now) => {
  const { state, ...rest } = classify(change, entity(renamed, { required: ['telephone'] }))
  expect(rest).toEqual({ address: 'entity/article', now })
  expect(state).toBe(change.path === now.path ? 'clean' : 'moved')
})

test('a new field under an old name is not the old field', () => {
  const swapped = { ...renamed, phone: field('Extension', { 'x-id': 'phone_2' }) }
  expect(classify(retitled, entity(swapped)).now.path).toBe('/properties/telephone/title')
})

test('a field of a group is followed too', () => {
  const group = (properties: JsonObject) => entity({ yard: field('Yard', { properties }) })
  const [classified] = classifyOverrides(
    version(group({ width: field('Width') })),
    version(group({ breadth: field('Width', { 'x-id': 'width' }) })),
    [override({ op: 'set', path: '/properties/yard/properties/width/title', value: 'W', base: 'Width' })],
  )
  expect(classified).toMatchObject({ state: 'moved', override: { path: '/properties/yard/properties/breadth/title' } })
})

test('an entity that was renamed takes its changes along', () => {
  const paper = { ...entity(same, { 'x-id': 'article' }), name: 'paper' }
  expect(classify(retitled, paper)).toEqual({ state: 'moved', address: 'entity/paper', now: retitled })
})

test('a rename with another base is a conflict at the new place', () => {
  const other = { ...renamed, telephone: field('Line', { 'x-id': 'phone' }) }
  const classified = classify(retitled, entity(other))
  expect(classified.state).toBe('conflict')
  expect(classified.now.path).toBe('/properties/telephone/title')
})

test('a conflict is a question with base, ours and theirs, a move a warning, and what is clean says nothing', () => {
  const after = version(entity({ ...renamed, name: field('Full name') }))
  const classified = classifyOverrides(before, after, [
    override(retitled),
    override({ op: 'set', path: '/properties/name/title', value: 'Who', base: 'Name' }),
    override(added),
  ])
  expect(overrideFindings(classified)).toEqual([
    {
      severity: 'warning',
      address: 'entity/article',
      path: '/properties/telephone/title',
      code: 'layer.override.moved',
      message: expect.stringContaining('“entity/article/properties/phone/title”'),
    },
    {
      severity: 'question',
      address: 'entity/article',
      path: '/properties/name/title',
      code: 'layer.override.conflict',
      message: `The site changed "Name" to "Who"; the new version says "Full name". The site's stays.`,
      hint: expect.any(String),
    },
  ])
})
