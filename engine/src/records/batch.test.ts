import { asObject, type JsonObject } from '@heddle/metadata'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { library } from '../testing/definitions.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

let product: TestProduct

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish({
    ...library,
    'entity/note': {
      title: '便条',
      type: 'object',
      required: ['code'],
      properties: {
        code: { 'x-field': { type: 'text', unique: true } },
        place: { 'x-field': { type: 'text' } },
        author: { 'x-field': { type: 'lookup', entity: 'author' } },
        parts: { 'x-field': { type: 'tags' } },
        due: { 'x-field': { type: 'date' } },
        spot: { 'x-field': { type: 'location' } },
        weight: { 'x-field': { type: 'number', scale: 1 } },
        done: { 'x-field': { type: 'boolean' } },
      },
      'x-entity': { label: 'code', search: ['code'], duplicates: { place: { match: ['place'], action: 'warn' } } },
    },
    'role/reader': { title: 'Reader', entities: { note: { verbs: { read: 'all' } } } },
  })
})
afterAll(() => product.stop())

const batch = (entity: string, mode: string, operations: unknown[], options = {}) =>
  product.request('POST', `/api/records/${entity}/batch`, { mode, operations }, options)

const itemsOf = (body: JsonObject) => (Array.isArray(body.items) ? body.items.map(asObject) : [])

const countNotes = async () => {
  const [row] = await product.database.sql`select count(*)::int as count from app.note where deleted_at is null`
  return row?.count
}

describe('a batch of creates', () => {
  it('stores every type of value as single creates do, with one event each', async () => {
    const author = await product.request('POST', '/api/records/author', { name: '冰心' })
    const data = {
      place: '北京',
      author: author.body.id ?? null,
      parts: ['a', 'b "c"', '{花}'],
      due: '2026-02-28',
      spot: { lat: 39.9, lng: 116.4 },
      weight: 12.25,
      done: false,
    }
    const single = await product.request('POST', '/api/records/note', { code: 'single', ...data })
    const answer = await batch(
      'note',
      'all',
      ['many 1', 'many 2'].map((code) => ({ op: 'create', data: { code, ...data } })),
    )
    expect(answer.status).toBe(200)
    const items = itemsOf(answer.body)
    expect(items.map(({ status }) => status)).toEqual([201, 201])
    const read = await product.request('GET', `/api/records/note/${items[1]?.id}`)
    const { id: _id, code: _code, created_at: _at, updated_at: _updated, _meta, ...expected } = single.body
    expect(read.body).toMatchObject({ ...expected, code: 'many 2' })
    const found = await product.request('GET', '/api/records/note?search=many')
    expect(found.body.items).toHaveLength(2)
    const events = await product.database.sql`
      select kind, delta::text as delta from heddle.event where record = ${String(items[0]?.id)}`
    expect(events.map(({ kind, delta }) => [kind, JSON.parse(delta)])).toEqual([
      ['created', { code: 'many 1', ...data, weight: 12.3 }],
    ])
  })

  it('names the failing operation and changes nothing with “all”', async () => {
    const before = await countNotes()
    const create = (code: unknown) => ({ op: 'create', data: { code } })
    const invalid = await batch('note', 'all', [create('x1'), create('x2'), create(3)])
    expect(invalid).toMatchObject({
      status: 422,
      body: { code: 'record.invalid', operation: 2, errors: [{ path: '/operations/2/data/code' }] },
    })
    const taken = await batch('note', 'all', [create('x1'), create('x2'), create('x1')])
    expect(taken).toMatchObject({
      status: 409,
      body: { code: 'record.duplicate', operation: 2, errors: [{ path: '/operations/2/data/code' }] },
    })
    const dangling = { op: 'create', data: { code: 'x3', author: '0190f300-0000-7000-8000-000000000000' } }
    const missing = await batch('note', 'all', [create('x1'), dangling])
    expect(missing).toMatchObject({ status: 422, body: { operation: 1, errors: [{ code: 'reference.unknown' }] } })
    expect(await countNotes()).toBe(before)
  })

  it('keeps what succeeds with “each” and tells the rest why', async () => {
    const codes = ['y1', 3, 'y1', 'y2']
    const answer = await batch(
      'note',
      'each',
      codes.map((code) => ({ op: 'create', data: { code } })),
    )
    expect(answer.status).toBe(200)
    expect(itemsOf(answer.body)).toMatchObject([
      { status: 201, id: expect.any(String) },
      { status: 422, error: { code: 'record.invalid', errors: [{ path: '/code' }] } },
      { status: 409, error: { code: 'record.duplicate' } },
      { status: 201, id: expect.any(String) },
    ])
    const found = await product.request('GET', '/api/records/note?sort=code&code=y2')
    expect(found.body.items).toMatchObject([{ code: 'y2', id: itemsOf(answer.body)[3]?.id }])
  })

  it('creates records with lines', async () => {
    const data = { title: '批量', kind: 'essay', sections: [{ heading: '甲' }, { heading: '乙' }] }
    const answer = await batch('article', 'all', [
      { op: 'create', data },
      { op: 'create', data },
    ])
    const read = await product.request('GET', `/api/records/article/${itemsOf(answer.body)[1]?.id}`)
    expect(read.body).toMatchObject({ sections: [{ heading: '甲' }, { heading: '乙' }] })
  })
})

describe('an upsert', () => {
  it('of 1,000 records twice leaves 1,000 records, changed once', async () => {
    const before = Number(await countNotes())
    const operations = (place: string) =>
      Array.from({ length: 1_000 }, (_, index) => ({ op: 'upsert', key: { code: `up ${index}` }, data: { place } }))
    for (const place of ['here', 'there', 'there']) {
      const answer = await batch('note', 'all', operations(place))
      expect(answer.status).toBe(200)
    }
    expect(await countNotes()).toBe(before + 1_000)
    const [row] = await product.database.sql`
      select version, place from app.note where code = 'up 999'`
    expect(row).toEqual({ version: 2, place: 'there' })
  })

  it('at the same time from two clients makes one record', async () => {
    const operations = [{ op: 'upsert', key: { place: 'Same Place' }, data: { code: 'same 1' } }]
    const other = [{ op: 'upsert', key: { place: ' same place ' }, data: { code: 'same 2' } }]
    const answers = await Promise.all([batch('note', 'all', operations), batch('note', 'each', other)])
    expect(answers.flatMap(({ body }) => itemsOf(body).map(({ status }) => status)).sort()).toEqual([200, 201])
  })

  it('meets in the second operation what the first one made', async () => {
    const upsert = (code: string, done: boolean) => ({ op: 'upsert', key: { code }, data: { done } })
    const answer = await batch('note', 'all', [upsert('twice', false), upsert('twice', true)])
    const [first, second] = itemsOf(answer.body)
    expect([first?.status, second?.status]).toEqual([201, 200])
    expect(second?.id).toBe(first?.id)
  })

  it('by fields that name no single record is refused', async () => {
    const answer = await batch('note', 'all', [{ op: 'upsert', key: { done: true }, data: {} }])
    expect(answer).toMatchObject({
      status: 422,
      body: { code: 'batch.key', operation: 0, errors: [{ path: expect.stringMatching(/^\/operations\/0\/key\//) }] },
    })
  })
})

describe('a mixed batch', () => {
  it('runs in its order', async () => {
    const made = await batch('note', 'all', [
      { op: 'create', data: { code: 'mixed 1' } },
      { op: 'create', data: { code: 'mixed 2' } },
    ])
    const [first, second] = itemsOf(made.body).map(({ id }) => id)
    const answer = await batch('note', 'all', [
      { op: 'delete', id: first },
      { op: 'create', data: { code: 'mixed 1' } },
      { op: 'update', id: second, version: 1, data: { place: 'moved' } },
      { op: 'delete', id: second },
      { op: 'restore', id: second },
    ])
    expect(itemsOf(answer.body).map(({ status }) => status)).toEqual([204, 201, 200, 204, 200])
    const stale = await batch('note', 'each', [
      { op: 'update', id: second, version: 1, data: { place: 'late' } },
      { op: 'update', id: second, data: { place: 'forced' } },
      { op: 'restore', id: second },
    ])
    expect(itemsOf(stale.body)).toMatchObject([
      { status: 412, id: second },
      { status: 200, id: second },
      { status: 409, id: second, error: { code: 'record.notDeleted' } },
    ])
  })

  it('is refused whole when it is malformed or too large', async () => {
    const cases: [unknown, string][] = [
      [{ mode: 'some', operations: [{ op: 'delete', id: 'x' }] }, '/mode'],
      [{ mode: 'all', operations: [] }, '/operations'],
      [{ mode: 'all', operations: [{ op: 'update', data: {} }] }, '/operations/0/id'],
      [{ mode: 'all', operations: Array(1_001).fill({ op: 'restore', id: 'x' }) }, '/operations'],
    ]
    for (const [body, path] of cases) {
      const answer = await product.request('POST', '/api/records/note/batch', body)
      expect(answer).toMatchObject({ status: 422, body: { code: 'batch.invalid', errors: [{ path }] } })
    }
    expect((await batch('nots', 'all', [])).status).toBe(404)
  })

  it('needs the right to each of its operations', async () => {
    const key = await product.key('reader')
    const answer = await batch('note', 'all', [{ op: 'create', data: { code: 'denied' } }], { key })
    expect(answer).toMatchObject({ status: 403, body: { code: 'access.denied', operation: 0 } })
    const many = await batch('note', 'each', Array(2).fill({ op: 'restore', id: 'x' }), { key })
    expect(many).toMatchObject({ status: 403, body: { code: 'access.denied' } })
  })
})
