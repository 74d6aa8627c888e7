import { asObject, type JsonObject } from '@heddle/metadata'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

const field = (type: string, settings: JsonObject = {}): JsonObject => ({
  title: type,
  'x-field': { type, ...settings },
})
const entity = (properties: JsonObject): JsonObject => ({ title: '实体', type: 'object', properties })
const rollup = (settings: JsonObject) => field('rollup', settings)

const box = (load: string) =>
  entity({
    shelf: field('lookup', { entity: 'shelf', master: true }),
    weight: field('number', { scale: 2 }),
    load: field('formula', { returns: 'number', scale: 2, expression: load }),
  })
const shelf = (gathered: JsonObject = {}) =>
  entity({
    room: field('lookup', { entity: 'room' }),
    boxes: field('lines', { entity: 'box', by: 'shelf' }),
    ...gathered,
  })
const load = { load: rollup({ from: 'box', by: 'shelf', sum: 'load', returns: 'number', scale: 2 }) }

let product: TestProduct
let room: unknown
let full: unknown

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish({ 'entity/box': box('weight'), 'entity/shelf': shelf(), 'entity/room': entity({}) })
  room = (await product.request('POST', '/api/records/room', {})).body.id
  full = (await product.request('POST', '/api/records/shelf', { room, boxes: [{ weight: 2 }, { weight: 3 }] })).body.id
  await product.request('POST', '/api/records/shelf', { room })
})
afterAll(() => product.stop())

const read = async (name: string, id: unknown) => (await product.request('GET', `/api/records/${name}/${id}`)).body

/** Publishes and gives the fields that the plan worked out in existing records. */
async function workedOut(definitions: { readonly [address: string]: JsonObject }): Promise<unknown[]> {
  for (const [address, body] of Object.entries(definitions)) {
    await product.request('PUT', `/api/metadata/draft/${address}`, { body }, { headers: { 'if-match': '*' } })
  }
  const plan = (await product.request('POST', '/api/metadata/plan')).body
  const steps = Array.isArray(plan.steps) ? plan.steps.map(asObject) : []
  await product.publish({})
  return steps.filter(({ text }) => String(text).startsWith('Work out')).map(({ address, path }) => `${address}${path}`)
}

test('a new roll-up is worked out in the records there are, those it gathers from first', async () => {
  const filled = await workedOut({
    'entity/room': entity({
      shelf_count: rollup({ from: 'shelf', by: 'room', count: true }),
      load: rollup({ from: 'shelf', by: 'room', sum: 'load' }),
    }),
    'entity/shelf': shelf(load),
  })
  expect(filled.indexOf('entity/shelf/properties/load')).toBeLessThan(filled.indexOf('entity/room/properties/load'))
  expect(await read('room', room)).toMatchObject({ shelf_count: 2, load: 5, version: 1 })
})

test('a changed formula reaches every roll-up that gathers it, however far', async () => {
  const filled = await workedOut({ 'entity/box': box('weight * 10') })
  expect(filled).toEqual(['entity/shelf/properties/load', 'entity/room/properties/load'])
  expect(await read('shelf', full)).toMatchObject({ load: 50 })
  expect(await read('room', room)).toMatchObject({ load: 50 })
})

test('a changed condition is worked out, a changed title is not', async () => {
  const heavy = { load: { ...load.load, title: '载重' } }
  expect(await workedOut({ 'entity/shelf': shelf(heavy) })).toEqual([])
  const heavier = rollup({ from: 'box', by: 'shelf', sum: 'load', where: 'weight > 2', returns: 'number', scale: 2 })
  await workedOut({ 'entity/shelf': shelf({ load: heavier }) })
  expect(await read('room', room)).toMatchObject({ load: 30 })
})

test('a field that counts from now on counts none in records to come', async () => {
  const sum = rollup({ from: 'box', by: 'shelf', sum: 'weight', returns: 'integer' })
  await workedOut({ 'entity/shelf': shelf({ tally: sum }), 'entity/room': entity({}) })
  const empty = async () => (await product.request('POST', '/api/records/shelf', {})).body.tally
  expect(await empty()).toBeNull()
  await workedOut({ 'entity/shelf': shelf({ tally: rollup({ from: 'box', by: 'shelf', count: true }) }) })
  expect(await read('shelf', full)).toMatchObject({ tally: 2 })
  expect(await empty()).toBe(0)
})
