import {
  asObject,
  compileCondition,
  type FilterTree,
  fieldScope,
  formatFilter,
  type JsonObject,
} from '@heddle/metadata'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { catalogue } from '../testing/catalogue.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'
import { clockOf } from './clock.ts'

const seed = 20_240_331
const texts = ['', 'a', 'Ab', '棉', '棉布', 'é', '%_', "it's"]
const numbers = [0, 1, -1, 2.5, 10.55, 99.99, 1000]
const dates = ['2024-01-31', '2024-02-29', '1999-01-01']
const moments = ['2024-01-31T15:59:59Z', '2024-03-31T17:30:00Z']
const pick = <Value>(values: readonly Value[]) => fc.option(fc.constantFrom(...values), { freq: 4 })

const rows = fc.record({
  name: fc.constantFrom('a', 'Ab', '棉布', 'é', "it's"),
  stage: pick(['idea', 'build', 'done']),
  amount: pick(numbers),
  starts_on: pick(dates),
  seen_at: pick(moments),
  labels: fc.option(fc.uniqueArray(fc.constantFrom('x', 'y', '棉'), { maxLength: 3 }), { freq: 4 }),
  size: fc.option(fc.record({ width: pick(numbers), kind: pick(['small', 'large']), made: pick(dates) }), { freq: 4 }),
  notes: fc.array(fc.record({ text: fc.constantFrom('a', 'b'), pages: pick([0, 1, 7]) }), { maxLength: 2 }),
})

const [equality, order] = [
  ['=', '!='],
  ['<', '<=', '>', '>='],
]
const one = (field: string, operators: readonly string[], values: readonly unknown[]) =>
  fc.record({ field: fc.constant(field), op: fc.constantFrom(...operators), value: fc.constantFrom(...values) })
const many = (field: string, values: readonly unknown[]) =>
  fc.record({
    field: fc.constant(field),
    op: fc.constantFrom('in', 'not in'),
    value: fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }),
  })
const empty = (field: string) => fc.record({ field: fc.constant(field), op: fc.constantFrom('empty', 'not empty') })
const between = (field: string, values: readonly unknown[]) =>
  fc.record({
    field: fc.constant(field),
    op: fc.constant('between'),
    value: fc.tuple(fc.constantFrom(...values), fc.constantFrom(...values)),
  })

const textual = ['name', 'area.name', 'area.region.name', 'area.full_name', 'heading']
const numeric = ['amount', 'size.width', 'doubled', 'third', 'weighed', 'pages', 'area.region.factor', 'version']
const rules = fc.oneof(
  ...textual.flatMap((field) => [
    one(field, [...equality, 'contains', 'starts with', 'ends with'], texts),
    many(field, texts),
    empty(field),
  ]),
  ...numeric.flatMap((field) => [one(field, [...equality, ...order], numbers), between(field, numbers), empty(field)]),
  ...['starts_on', 'size.made', 'ends_on'].map((field) =>
    one(field, [...equality, ...order], [...dates, { feel: 'today()' }]),
  ),
  one('seen_at', order, [...moments, { feel: 'now()' }]),
  one('stage', [...equality, ...order], ['idea', 'build', 'done']),
  one('size.kind', equality, ['small', 'large']),
  one('is_old', equality, [true, false]),
  one('labels', ['contains'], ['x', '棉']),
  one('amount', order, [{ feel: 'doubled - 10' }]),
  ...['labels', 'notes', 'area', 'place', 'is_old'].map(empty),
)
const trees = fc.letrec<{ tree: FilterTree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    rules,
    fc.record({ all: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
  ),
})).tree

let product: TestProduct
let records: readonly JsonObject[]

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish(catalogue)
  const add = async (entity: string, body: JsonObject) =>
    (await product.request('POST', `/api/records/${entity}`, body)).body
  const region = await add('region', { name: 'é', factor: 1.125 })
  const placed = await add('area', { name: '棉', region: region.id ?? '' })
  const lost = await add('area', { name: 'a' })
  const areas = new Map([placed, lost].map((area) => [area.id, area]))
  const made: JsonObject[] = []
  for (const [index, row] of fc.sample(rows, { numRuns: 40, seed }).entries()) {
    made.push(await add('project', { ...row, area: [placed.id, lost.id, null][index % 3] ?? null }))
  }
  // The context in memory: lookups as the records they point to.
  records = made.map((record) => {
    const area = areas.get(record.area ?? null)
    return area === undefined ? record : { ...record, area: { ...area, region: area.region === null ? null : region } }
  })
}, 60_000)
afterAll(() => product.stop())

it('a list holds just the records for which its condition is true in memory', async () => {
  const { release } = product.live
  const entity = release.entity('project')
  if (entity === undefined) throw new Error('The catalogue has projects.')
  let found = 0
  for (const where of fc.sample(trees, { numRuns: 300, seed })) {
    const formatted = formatFilter(where, fieldScope(release, entity))
    if (!formatted.ok) throw new Error(`${JSON.stringify(where)}: ${formatted.findings[0]?.message}`)
    const isTrue = compileCondition(formatted.expression)
    const clock = clockOf(release)
    const expected = records.filter((record) => isTrue(record, clock)).map(({ id }) => id)
    const answer = await product.request('POST', '/api/records/project/query', { where, limit: 200, sort: 'id' })
    const ids = [answer.body.items ?? []].flat().map((item) => asObject(item).id)
    expect(ids, formatted.text).toEqual(expected)
    found += ids.length
  }
  expect(found).toBeGreaterThan(1000)
}, 60_000)
