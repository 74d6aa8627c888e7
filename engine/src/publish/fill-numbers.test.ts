import type { JsonObject } from '@heddle/metadata'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

const products: TestProduct[] = []
let product: TestProduct

beforeEach(async () => {
  product = await startTestProduct()
  products.push(product)
})
afterAll(async () => {
  for (const each of products) await each.stop()
})

const note = (number?: JsonObject, id?: string): JsonObject => ({
  title: '便条',
  type: 'object',
  properties: {
    text: { title: '文字', 'x-field': { type: 'text' } },
    ...(number && { code: { title: '编号', ...(id && { 'x-id': id }), 'x-field': { type: 'autonumber', ...number } } }),
  },
})

async function createNote(text = 'x'): Promise<JsonObject> {
  const answer = await product.request('POST', '/api/records/note', { text })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body
}

test('records that are there are numbered in the order of their creation, and counting goes on', async () => {
  await product.publish({ 'entity/note': note() })
  const ids = [await createNote(), await createNote(), await createNote()].map(({ id }) => String(id))
  const [first = '', second = ''] = ids
  // 16:30 UTC on New Year's Eve is the new year in the company's time zone.
  await product.database.sql`update app.note set created_at = '2019-12-31T15:30:00Z' where id = ${second}`
  await product.database.sql`update app.note set created_at = '2019-12-31T16:30:00Z' where id = ${first}`
  await product.publish({ 'entity/note': note({ format: '{yyyy}-{00}', reset: 'year' }) })
  const rows = await product.database.sql`select code from app.note order by created_at`
  const year = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear()
  expect(rows.map(({ code }) => code)).toEqual(['2019-01', '2020-01', `${year}-01`])
  expect((await createNote()).code).toBe(`${year}-02`)
})

test('another format or period counts on', async () => {
  await product.publish({ 'entity/note': note({ format: 'A{00}' }) })
  expect((await createNote()).code).toBe('A01')
  await product.publish({ 'entity/note': note({ format: 'B-{0000}' }) })
  expect((await createNote()).code).toBe('B-0002')
  await product.publish({ 'entity/note': note({ format: '{yy}{MM}-{0}', reset: 'month' }) })
  expect((await createNote()).code).toMatch(/^\d{4}-3$/)
})

test('a field that was hidden numbers what was made meanwhile and goes on', async () => {
  const numbered = note({ format: 'A{0}' })
  await product.publish({ 'entity/note': numbered })
  await createNote()
  await product.publish({ 'entity/note': note() })
  await createNote()
  await product.publish({ 'entity/note': note({ format: 'A{0}' }, 'code') })
  const rows = await product.database.sql`select code from app.note order by created_at`
  expect(rows.map(({ code }) => code)).toEqual(['A1', 'A2'])
  expect((await createNote()).code).toBe('A3')
})

test('records of an entity that comes back from hiding with a number have theirs', async () => {
  await product.publish({ 'entity/note': note() })
  await createNote()
  await createNote()
  await product.publish({ 'entity/note': null })
  await product.publish({ 'entity/note': { ...note({ format: 'A{0}' }), 'x-id': 'note' } })
  const rows = await product.database.sql`select code from app.note order by created_at`
  expect(rows.map(({ code }) => code)).toEqual(['A1', 'A2'])
  expect((await createNote()).code).toBe('A3')
})
