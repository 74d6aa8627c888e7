import type { JsonObject } from '@heddle/metadata'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

const field = (type: string, settings: JsonObject = {}): JsonObject => ({
  title: type,
  'x-field': { type, ...settings },
})
const entity = (properties: JsonObject, more: JsonObject = {}): JsonObject => ({
  title: '实体',
  type: 'object',
  properties,
  'x-entity': more,
})

let product: TestProduct

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish({
    'entity/note': entity(
      {
        code: field('autonumber', { format: 'N-{yyyy}{MM}-{0000}', gap: 'none', reset: 'month' }),
        name: field('text', { unique: true }),
        pages: field('lines', { entity: 'page', by: 'note' }),
      },
      { search: ['code'] },
    ),
    'entity/page': entity({
      note: field('lookup', { entity: 'note', master: true }),
      code: field('autonumber', { format: 'P{0}' }),
    }),
  })
})
afterAll(() => product.stop())

const create = (body: JsonObject, headers: Record<string, string> = {}) =>
  product.request('POST', '/api/records/note', body, { headers })

/** The ISO date in Shanghai. */
const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString()

test('twenty people who create at once, some in vain, get numbers without holes', async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => create({ name: `name ${index % 4 === 0 ? 'taken' : index}` })),
  )
  const codes = answers.filter(({ status }) => status === 201).map(({ body }) => String(body.code))
  expect(codes).toHaveLength(16)
  expect(codes.map((code) => Number(code.slice(-4))).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 16 }, (_, index) => index + 1),
  )
  expect(codes[0]).toMatch(new RegExp(`^N-${today().slice(0, 7).replace('-', '')}-\\d{4}$`))
})

test('lines are numbered, and a number stays when its record changes', async () => {
  const { body } = await create({ pages: [{}, {}] })
  const [one, two] = Array.isArray(body.pages) ? body.pages.map((page) => Object(page)) : []
  expect([one.code, two.code]).toEqual(['P1', 'P2'])
  const changed = await product.request(
    'PATCH',
    `/api/records/note/${body.id}`,
    { pages: [{ id: two.id }, {}] },
    { headers: { 'if-match': '*' } },
  )
  expect(changed.body).toMatchObject({ code: body.code, pages: [{ code: 'P2' }, { code: 'P3' }] })
})

test('nobody gives a number but the engine, which notes it in the history and finds it', async () => {
  expect(await create({ code: 'N-1' })).toMatchObject({ status: 422, body: { errors: [{ path: '/code' }] } })
  const { body } = await create({ name: 'noted' })
  const [event] = await product.database.sql`
    select delta::text as delta from heddle.event where record = ${String(body.id)}`
  expect(JSON.parse(event?.delta)).toMatchObject({ code: body.code })
  const found = await product.request('GET', `/api/records/note?search=${body.code}`)
  expect(found.body.items).toMatchObject([{ id: body.id }])
})

test('a repeated request gets no second number', async () => {
  const headers = { 'idempotency-key': 'once' }
  const first = await create({ name: 'once' }, headers)
  expect((await create({ name: 'once' }, headers)).body.code).toBe(first.body.code)
})
