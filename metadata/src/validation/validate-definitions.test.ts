import { expect, test } from 'vitest'
import type { Definition } from '../definition.ts'
import type { JsonObject } from '../json.ts'
import { foldLayers, type Layer } from '../layers/fold.ts'
import { compileRelease } from '../release/compile-release.ts'
import { emptyStorage } from '../release/storage.ts'
import { validateDefinitions } from './validate-definitions.ts'

const item = entity({ name: text(), maker: { 'x-field': { type: 'lookup', entity: 'maker' } } })
const note = entity({ kind: { 'x-field': { type: 'select', optionSet: 'kinds' } } })
const maker = entity({ name: text() })
const kinds = { title: 'Kinds', options: { a: { title: 'A' } } }

function entity(properties: JsonObject): JsonObject {
  return { title: 'An entity', type: 'object', properties }
}

function text(): JsonObject {
  return { 'x-field': { type: 'text' } }
}

function layersOf(definitions: { readonly [address: string]: JsonObject }): Layer[] {
  const list = Object.entries(definitions).map(([address, body]) => {
    const [kind = '', name = ''] = address.split('/')
    return { kind, name, body }
  })
  return [{ owner: 'site', definitions: list, extensions: [], overrides: [] }]
}

function codesOf(definitions: { readonly [address: string]: JsonObject }): string[] {
  return validateDefinitions(foldLayers(layersOf(definitions)), emptyStorage).map(
    ({ address, code }) => `${address} ${code}`,
  )
}

test('a definition that did not change is checked again when what it refers to goes or comes back', () => {
  const whole = { 'entity/item': item, 'entity/note': note, 'entity/maker': maker, 'option-set/kinds': kinds }
  const { 'entity/maker': _maker, ...withoutMaker } = whole
  const { 'option-set/kinds': _kinds, ...withoutKinds } = whole
  expect(codesOf(whole)).toEqual([])
  expect(codesOf(withoutMaker)).toEqual(['entity/item entity.unknown'])
  expect(codesOf(whole)).toEqual([])
  expect(codesOf(withoutKinds)).toEqual(['entity/note option-set.unknown'])
  expect(codesOf({ ...whole, 'option-set/kinds': { title: 'Kinds', options: {} } })).toEqual([
    'entity/note field.options.none',
  ])
  expect(codesOf(whole)).toEqual([])
})

test('what did not change is the same object in the next release, what changed is not', () => {
  const before = foldLayers(layersOf({ 'entity/item': item, 'entity/maker': maker })).definitions
  const after = foldLayers(layersOf({ 'entity/item': item, 'entity/maker': { ...maker, title: 'Other' } })).definitions
  expect(after.get('entity/item')).toBe(before.get('entity/item'))
  expect(after.get('entity/maker')).not.toBe(before.get('entity/maker'))
  const [first, second] = [before, after].map((definitions) => compileRelease(1, definitions, emptyStorage))
  expect(second?.entity('item')).toBe(first?.entity('item'))
  expect(second?.entity('maker')?.title).toBe('Other')
})

test('an entity that gathers from another is resolved again when that one changes, and only then', () => {
  const gathering = entity({ largest: { 'x-field': { type: 'rollup', from: 'item', by: 'maker', max: 'size' } } })
  const sized = (type: string) =>
    entity({ maker: { 'x-field': { type: 'lookup', entity: 'maker' } }, size: { 'x-field': { type } } })
  const [numbers, dates] = [sized('number'), sized('date')]
  const resolve = (items: JsonObject, title: string) => {
    const definitions = { 'entity/maker': gathering, 'entity/item': items, 'entity/note': { ...note, title } }
    return compileRelease(1, foldLayers(layersOf(definitions)).definitions, emptyStorage).entity('maker')
  }
  const first = resolve(numbers, 'A')
  expect(resolve(numbers, 'B')).toBe(first)
  expect(resolve(dates, 'B')?.fields.get('largest')?.settings.returns).toBe('date')
})

test('an entity is resolved again when its option set or its storage changes', () => {
  const layers = layersOf({ 'entity/note': note, 'option-set/kinds': kinds })
  const { definitions } = foldLayers(layers)
  const wider = foldLayers(layersOf({ 'entity/note': note, 'option-set/kinds': { ...kinds, options: { b: {} } } }))
  const stored = { table: 'notes_2', fields: {} }
  expect(compileRelease(1, definitions, emptyStorage).entity('note')?.fields.get('kind')?.options).toEqual(['a'])
  expect(compileRelease(2, wider.definitions, emptyStorage).entity('note')?.fields.get('kind')?.options).toEqual(['b'])
  expect(compileRelease(3, definitions, { entities: { note: stored }, aliases: {} }).entity('note')?.table).toBe(
    'notes_2',
  )
})

test.each(['../../x', 'a/b', '.hidden', 'a b', '', 'x'.repeat(81)])('“%s” is no name: it would be a file', (name) => {
  const view: Definition = { kind: 'view', name, body: { entity: 'item', title: 'Items', columns: {} } }
  const layer: Layer = { owner: 'site', definitions: [view], extensions: [], overrides: [] }
  expect(validateDefinitions(foldLayers([layer]), emptyStorage).map(({ code }) => code)).toEqual(['name.invalid'])
})

test('a key that is a whole number would lose its place, so it is refused wherever keys have an order', () => {
  const options = { '1-2': { title: 'B' }, 2: { title: 'C' }, 1: { title: 'A' }, '01': { title: 'D' } }
  const kept = { 'x-field': { type: 'json' }, default: { 1: 'x' } }
  const select = { 'x-field': { type: 'select', options: { 10: { title: 'Ten' } } } }
  const section = { title: 'S', fields: { name: {} } }
  const definitions = {
    'entity/item': entity({ name: text(), kept, select }),
    'option-set/kinds': { title: 'Kinds', options },
    'form/item': { entity: 'item', title: 'Item', tabs: { 0: { title: 'T', sections: { 7: section, b: section } } } },
  }
  const findings = validateDefinitions(foldLayers(layersOf(definitions)), emptyStorage)
  expect(findings.map(({ code, address, path }) => `${code} ${address}${path}`)).toEqual([
    'key.number entity/item/properties/select/x-field/options/10',
    'key.number form/item/tabs/0',
    'key.number option-set/kinds/options/1',
    'key.number option-set/kinds/options/2',
  ])
  expect(findings[0]?.message).toContain('“n10”')
})

test('lines within lines are refused, also when the inner ones come later or are the entity’s own', () => {
  const lines = (of: string) => ({ 'x-field': { type: 'lines', entity: of, by: 'whole' } })
  const partOf = (whole: string, more: JsonObject = {}) =>
    entity({ whole: { 'x-field': { type: 'lookup', entity: whole, master: true } }, ...more })
  const outer = { 'entity/item': entity({ parts: lines('part') }), 'entity/detail': partOf('part') }
  expect(codesOf({ ...outer, 'entity/part': partOf('item') })).toEqual([])
  expect(codesOf({ ...outer, 'entity/part': partOf('item', { details: lines('detail') }) })).toEqual([
    'entity/item lines.nested',
  ])
  expect(codesOf({ 'entity/part': partOf('part', { parts: lines('part') }) })).toEqual(['entity/part lines.nested'])
})
