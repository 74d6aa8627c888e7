import { expect, test } from 'vitest'
import type { JsonObject } from '../json.ts'
import { foldLayers } from '../layers/fold.ts'
import { compileRelease } from '../release/compile-release.ts'
import { emptyStorage } from '../release/storage.ts'
import { feedsOf } from '../rules/kept-fields.ts'
import { rollupsOf } from '../rules/rollups.ts'
import { validateDefinitions } from '../validation/validate-definitions.ts'

const field = (type: string, settings: JsonObject = {}): JsonObject => ({ 'x-field': { type, ...settings } })
const formula = (expression: string, returns = 'number') => field('formula', { returns, expression })
const partFields = {
  whole: field('lookup', { entity: 'whole' }),
  maker: field('lookup', { entity: 'maker' }),
  price: field('money'),
  quantity: field('number', { scale: 0 }),
  kind: field('select', { options: { a: { title: 'A' }, b: { title: 'B' } } }),
  tags: field('multi-select', { options: { a: { title: 'A' } } }),
  made_on: field('date'),
  amount: formula('price * quantity'),
  double: formula('amount * 2'),
  maker_age: formula('maker.age'),
  stored_age: field('formula', { returns: 'number', expression: 'maker.age', stored: true }),
  is_old: formula('made_on < today()', 'boolean'),
}

/** The findings of an entity `whole` with the given fields, whose parts are above. */
function foldOf(fields: JsonObject, currency = false) {
  const bodies: { readonly [name: string]: JsonObject } = {
    whole: { title: 'Whole', properties: fields },
    part: { title: 'Part', properties: partFields, 'x-entity': { currency } },
    maker: { title: 'Maker', properties: { age: field('number') } },
  }
  const definitions = Object.entries(bodies).map(([name, body]) => ({ kind: 'entity', name, body }))
  return foldLayers([{ owner: 'site', definitions, extensions: [], overrides: [] }])
}

function findingsOf(settings: JsonObject) {
  const gathered = field('rollup', { from: 'part', by: 'whole', ...settings })
  return validateDefinitions(foldOf({ gathered }), emptyStorage).map(({ path, code, message }) => ({
    at: path.replace('/properties/gathered/x-field', ''),
    code,
    message,
  }))
}

test.each<JsonObject>([
  { count: true },
  { sum: 'price', where: 'kind = "a" and quantity > 0' },
  { sum: 'double', returns: 'money' },
  { avg: 'quantity' },
  { max: 'made_on' },
  { max: 'created_at', returns: 'datetime' },
  { count: true, where: 'maker != null and owner_id != null' },
  { sum: 'stored_age', where: 'stored_age > 3' },
  { sum: 'price', per: 'kind', atMost: 100 },
  { count: true, where: 'quantity > 0', per: 'made_on', atMost: 1 },
  { sum: 'quantity', per: 'maker', atMost: 3 },
])('a roll-up of own fields is accepted: %j', (settings) => {
  expect(findingsOf(settings)).toEqual([])
})

test.each<[JsonObject, string, string, string]>([
  [{ from: 'parts', count: true }, '/from', 'entity.unknown', '“part”'],
  [{ by: 'wholes', count: true }, '/by', 'field.unknown', '“whole”'],
  [{ by: 'maker', count: true }, '/by', 'rollup.by', '“whole”'],
  [{ by: 'owner_id', count: true }, '/by', 'rollup.by', '“whole”'],
  [{ sum: 'prices' }, '/sum', 'field.unknown', '“price”'],
  [{ sum: 'made_on' }, '/sum', 'rollup.type', 'number'],
  [{ max: 'kind' }, '/max', 'rollup.type', 'date'],
  [{ sum: 'maker' }, '/sum', 'rollup.type', 'number'],
  [{ max: 'created_at' }, '/returns', 'rollup.returns', 'datetime'],
  [{ count: true, where: 'kinds = "a"' }, '/where', 'name.unknown', '“kind”'],
  [{ count: true, where: 'quantity' }, '/where', 'type.expected', 'true or false'],
  [{ count: true, where: 'maker.age > 3' }, '/where', 'rollup.reach', 'own fields'],
  [{ sum: 'maker_age' }, '/sum', 'rollup.reach', 'own fields'],
  [{ count: true, where: 'is_old' }, '/where', 'rollup.time', 'time'],
  [{ count: true, where: 'made_on < today()' }, '/where', 'rollup.time', 'time'],
  [{ count: true, per: 'kinds', atMost: 1 }, '/per', 'field.unknown', '“kind”'],
  [{ count: true, per: 'tags', atMost: 1 }, '/per', 'rollup.type', 'plain value'],
  [{ count: true, per: 'maker_age', atMost: 1 }, '/per', 'rollup.reach', 'own fields'],
  [{ count: true, per: 'is_old', atMost: 1 }, '/per', 'rollup.time', 'time'],
])('%j is refused with its place and what would be right', (settings, at, code, hint) => {
  const findings = findingsOf(settings)
  expect(findings).toMatchObject([{ at, code, message: expect.stringContaining(hint) }])
})

test('an amount is gathered in the company’s currency where records have one', () => {
  const inBase = { gathered: field('rollup', { from: 'part', by: 'whole', sum: 'price_base' }) }
  expect(validateDefinitions(foldOf(inBase, true), emptyStorage)).toEqual([])
  expect(validateDefinitions(foldOf(inBase), emptyStorage)).toMatchObject([{ code: 'field.unknown' }])
})

test('roll-ups that gather each other are a circle', () => {
  const circle = {
    above: field('lookup', { entity: 'whole' }),
    nearest_one: field('rollup', { from: 'whole', by: 'above', sum: 'next_one', returns: 'number' }),
    next_one: field('rollup', { from: 'whole', by: 'above', sum: 'worked', returns: 'number' }),
    worked: formula('nearest_one + 1'),
    height: field('rollup', { from: 'whole', by: 'above', count: true }),
  }
  const findings = validateDefinitions(foldOf(circle), emptyStorage)
  expect(findings.map(({ path, code }) => [path, code])).toEqual([
    ['/properties/worked/x-field/expression', 'formula.cycle'],
    ['/properties/nearest_one/x-field', 'rollup.circle'],
    ['/properties/next_one/x-field', 'rollup.circle'],
  ])
  expect(findings[1]?.message).toContain('whole.nearest_one → whole.next_one → whole.worked → whole.nearest_one')
})

test('a roll-up knows the stored fields that decide it, formulas followed', () => {
  const gathered = field('rollup', {
    from: 'part',
    by: 'whole',
    sum: 'double',
    where: 'kind = "a"',
    returns: 'money',
    per: 'made_on',
    atMost: 9,
  })
  const release = compileRelease(1, foldOf({ gathered }).definitions, emptyStorage)
  const [whole, part] = [release.entity('whole'), release.entity('part')]
  if (whole === undefined || part === undefined) throw new Error('Both are defined.')
  const [rollup] = rollupsOf(release, whole)
  expect([...(rollup?.reads ?? [])].sort()).toEqual(['kind', 'made_on', 'price', 'quantity'])
  expect(feedsOf(release, part).flatMap(({ kept }) => kept.rollup ?? [])).toEqual([rollup])
})
