import { expect, test } from 'vitest'
import type { JsonObject } from '../json.ts'
import { foldLayers } from '../layers/fold.ts'
import { compileRelease } from '../release/compile-release.ts'
import { emptyStorage } from '../release/storage.ts'
import { referencesOf } from '../validation/references-of.ts'
import { validateDefinitions } from '../validation/validate-definitions.ts'

const text = { 'x-field': { type: 'text' } }
const entities: { readonly [address: string]: JsonObject } = {
  'entity/author': { title: 'Author', properties: { name: text } },
  'entity/note': {
    title: 'Note',
    properties: {
      title: text,
      size: { 'x-field': { type: 'number' } },
      author: { 'x-field': { type: 'lookup', entity: 'author' } },
    },
  },
}

function fold(definitions: { readonly [address: string]: JsonObject }) {
  const list = Object.entries({ ...entities, ...definitions }).map(([address, body]) => {
    const [kind = '', name = ''] = address.split('/')
    return { kind, name, body }
  })
  return foldLayers([{ owner: 'site', definitions: list, extensions: [], overrides: [] }])
}

const findingsOf = (definitions: { readonly [address: string]: JsonObject }) =>
  validateDefinitions(fold(definitions), emptyStorage).map(({ address, path, code }) => `${code} ${address}${path}`)

const view = (where: string): JsonObject => ({ entity: 'note', title: 'Notes', columns: { title: {} }, where })
const form = (tab: string, section: string): JsonObject => ({
  entity: 'note',
  title: 'Note',
  tabs: { a: { title: 'A', visible: tab, sections: { b: { title: 'B', visible: section, fields: { title: {} } } } } },
})
const role = (rule: string, entity = 'note'): JsonObject => ({
  title: 'Reader',
  entities: { [entity]: { verbs: { read: 'all' }, rowRule: rule } },
})

test('the conditions of views, forms and roles may name fields, paths and the person', () => {
  const definitions = {
    'view/a': view('author.name = user.name and owner_id = user.id and size > 1'),
    'form/a': form('old.size > 1', 'user.department = department_id'),
    'role/a': role('author.name != null or created_by = user.id'),
    'role/b': role('owner_id = user.id', '*'),
  }
  expect(findingsOf(definitions)).toEqual([])
})

test.each([
  ['a name that is none', 'siz > 1', 'name.unknown'],
  ['a value that is no condition', 'size + 1', 'type.expected'],
  ['what is no FEEL', 'size >', 'expression.syntax'],
])('a condition with %s is a finding wherever it stands', (_, condition, code) => {
  const definitions = { 'view/a': view(condition), 'form/a': form(condition, condition), 'role/a': role(condition) }
  expect(findingsOf(definitions)).toEqual([
    `${code} form/a/tabs/a/visible`,
    `${code} form/a/tabs/a/sections/b/visible`,
    `${code} role/a/entities/note/rowRule`,
    `${code} view/a/where`,
  ])
})

test('the record before a change is not there where nothing changes', () => {
  const definitions = { 'view/a': view('old.size = 1'), 'role/a': role('old.size = 1') }
  expect(findingsOf(definitions)).toEqual(['name.unknown role/a/entities/note/rowRule', 'name.unknown view/a/where'])
})

test('a row rule for every entity knows only what every record has', () => {
  expect(findingsOf({ 'role/a': role('size > 1', '*') })).toEqual(['name.unknown role/a/entities/*/rowRule'])
})

test('what a condition reads through is a reference of its definition', () => {
  const { definitions } = fold({ 'view/a': view('author.name = "x"') })
  const drafted = definitions.get('view/a')
  const references = drafted && referencesOf(drafted, compileRelease(1, definitions, emptyStorage))
  expect([...(references ?? [])].toSorted()).toEqual(['entity/author', 'entity/note'])
})

test('an entry of a menu opens a view of its own entity', () => {
  const items = { a: { title: 'A', entity: 'author', view: 'a' }, b: { title: 'B', entity: 'note', view: 'b' } }
  const definitions = { 'view/a': view('size > 1'), 'menu/a': { title: 'Menu', items } }
  expect(findingsOf(definitions)).toEqual(['menu.view menu/a/items/a/view', 'view.unknown menu/a/items/b/view'])
})
