import { asObject, type JsonObject } from '@heddle/metadata'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

let product: TestProduct

const options = (...keys: string[]): JsonObject => Object.fromEntries(keys.map((key) => [key, { title: `“${key}”` }]))
const fieldOf = (type: string, settings: JsonObject): JsonObject => ({ title: type, 'x-field': { type, ...settings } })
const grades = (...keys: string[]): JsonObject => ({ title: 'Grades', options: options(...keys) })

/** An entity whose own options are these; the others come from the option-set. */
function paper(...keys: string[]): JsonObject {
  return {
    title: 'Paper',
    properties: {
      name: { title: 'Name', 'x-field': { type: 'text' } },
      kind: fieldOf('select', { options: options(...keys) }),
      uses: fieldOf('multi-select', { options: options(...keys) }),
      grade: fieldOf('select', { optionSet: 'grades' }),
      parts: fieldOf('breakdown', { of: 'grades', total: 100, unit: '%' }),
      edge: {
        title: 'Edge',
        'x-field': { type: 'group' },
        properties: { cut: fieldOf('select', { options: options(...keys) }) },
      },
    },
    'x-entity': { label: 'name' },
  }
}

const whole = { 'entity/paper': paper('a', 'b', 'c-c'), 'option-set/grades': grades('a', 'b', 'c') }

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish(whole)
})
afterAll(() => product.stop())

/** What the plan says of definitions that a paper with these values stands in the way of. */
async function planWith(values: JsonObject, definitions: { readonly [address: string]: JsonObject }) {
  const created = await product.request('POST', '/api/records/paper', { name: 'First', ...values })
  expect(created.status, JSON.stringify(created.body)).toBe(201)
  for (const [address, body] of Object.entries(definitions)) {
    await product.request('PUT', `/api/metadata/draft/${address}`, { body }, { headers: { 'if-match': '*' } })
  }
  const { body } = await product.request('POST', '/api/metadata/plan')
  await product.request('DELETE', '/api/metadata/draft')
  await product.request('DELETE', `/api/records/paper/${created.body.id}`, undefined, { headers: { 'if-match': '*' } })
  const steps = [body.steps ?? []].flat().map(asObject)
  return {
    id: created.body.id,
    findings: [body.findings ?? []].flat().map((finding) => `${asObject(finding).code} ${asObject(finding).path}`),
    failing: steps.flatMap((step) => step.failing ?? []),
  }
}

test.each<[string, JsonObject, JsonObject, string, string]>([
  ['a select', { kind: 'a' }, { 'entity/paper': paper('b', 'c-c') }, '/properties/kind', 'a'],
  ['a key with a hyphen', { kind: 'c-c' }, { 'entity/paper': paper('a', 'b') }, '/properties/kind', 'c-c'],
  ['a multi-select', { uses: ['b', 'a'] }, { 'entity/paper': paper('b', 'c-c') }, '/properties/uses', 'a'],
  ['a group', { edge: { cut: 'a' } }, { 'entity/paper': paper('b', 'c-c') }, '/properties/edge/properties/cut', 'a'],
  ['an option-set', { grade: 'a' }, { 'option-set/grades': grades('b', 'c') }, '/properties/grade', 'a'],
  [
    'a breakdown',
    {
      parts: [
        { part: 'a', share: 40 },
        { part: 'b', share: 60 },
      ],
    },
    { 'option-set/grades': grades('a', 'c') },
    '/properties/parts',
    'b',
  ],
])(
  'an option of %s that a record holds cannot go, and the record is named',
  async (_title, values, wanted, path, value) => {
    const definitions: { [address: string]: JsonObject } = {}
    for (const [address, body] of Object.entries(wanted)) definitions[address] = asObject(body)
    const { id, findings, failing } = await planWith(values, definitions)
    expect(findings).toEqual([`publish.option.used ${path}`])
    expect(failing).toEqual([{ id, label: 'First', value }])
  },
)

test('an option that no record holds goes', async () => {
  const { findings, failing } = await planWith(
    { kind: 'b', uses: ['b'], grade: 'b' },
    {
      'entity/paper': paper('b', 'c-c'),
      'option-set/grades': grades('c', 'b'),
    },
  )
  expect({ findings, failing }).toEqual({ findings: [], failing: [] })
  await product.publish({ 'option-set/grades': grades('b') })
  expect(product.live.release.entity('paper')?.fields.get('grade')?.options).toEqual(['b'])
  await product.publish(whole)
})

test('the records are named as they are until now, whatever is to name them', async () => {
  const { properties, ...rest } = paper('a', 'c-c')
  const heading = fieldOf('formula', { returns: 'text', expression: 'name + "!"', stored: true })
  const body = { ...rest, properties: { ...asObject(properties), heading }, 'x-entity': { label: 'heading' } }
  const { findings, failing } = await planWith({ kind: 'b' }, { 'entity/paper': body })
  expect(findings).toContain('publish.option.used /properties/kind')
  expect(failing).toContainEqual(expect.objectContaining({ label: 'First', value: 'b' }))
})

test('search is to write its words anew when an option-set says its titles otherwise', async () => {
  const leaf = { ...paper('a'), title: 'Leaf', 'x-entity': { search: ['name', 'grade'] } }
  await product.publish({ 'entity/leaf': leaf })
  const renamed = { title: 'Grades', options: { ...options('b', 'c'), a: { title: 'Excellent' } } }
  await product.request('PUT', '/api/metadata/draft/option-set/grades', { body: renamed })
  const { body } = await product.request('POST', '/api/metadata/plan')
  await product.request('DELETE', '/api/metadata/draft')
  const steps = [body.steps ?? []].flat().map(asObject)
  expect(steps).toMatchObject([{ text: 'Write the text for search of every record.', deferred: true }])
})
