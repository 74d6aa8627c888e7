import { asObject } from '@heddle/metadata'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

let product: TestProduct

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish({
    'entity/note': {
      title: '便条',
      type: 'object',
      properties: {
        name: { title: '名称', 'x-field': { type: 'text' } },
        place: { title: '地点', 'x-field': { type: 'text' } },
        held_on: { title: '日期', 'x-field': { type: 'date' } },
      },
      'x-entity': {
        label: 'name',
        duplicates: {
          same_name: { match: ['name'], action: 'warn' },
          same_event: { match: ['place', 'held_on'], action: 'block' },
        },
      },
    },
    'role/writer': { title: 'Writer', entities: { note: { verbs: { create: 'all' } } } },
  })
})
afterAll(() => product.stop())

const create = (body: unknown, options = {}) => product.request('POST', '/api/records/note', body, options)
const any = { headers: { 'if-match': '*' } }

it('a record that a blocking rule matches is refused with the ids, whatever case and space its texts have', async () => {
  const first = await create({ place: 'Great Hall', held_on: '2026-01-01' })
  expect(first.status).toBe(201)
  expect(await create({ place: '  great HALL', held_on: '2026-01-01' })).toMatchObject({
    status: 409,
    body: {
      code: 'record.duplicate',
      rule: 'same_event',
      ids: [first.body.id],
      errors: [{ path: '/place' }, { path: '/held_on' }],
    },
  })
  expect((await create({ place: 'Great Hall', held_on: '2026-01-02' })).status).toBe(201)
  expect((await create({ place: 'Great Hall' })).status).toBe(201)
  expect((await create({ place: 'Great Hall' })).status).toBe(201)
})

it('a record that a warning rule matches is written and names the others', async () => {
  const first = await create({ name: '重名' })
  expect(first.body._meta).toBeUndefined()
  const second = await create({ name: '重名 ' })
  expect(second).toMatchObject({
    status: 201,
    body: { _meta: { duplicates: [{ rule: 'same_name', ids: [first.body.id] }] } },
  })
  const key = await product.key('writer')
  const blind = await create({ name: '重名' }, { key })
  expect(blind.body._meta).toEqual({ duplicates: [{ rule: 'same_name', ids: [] }] })
})

it('a change is held against the rules whose fields it touches, and never against the record itself', async () => {
  const first = await create({ place: 'Library', held_on: '2026-02-01' })
  const second = await create({ name: 'Second', place: 'Library', held_on: '2026-02-02' })
  const path = `/api/records/note/${second.body.id}`
  expect(await product.request('PATCH', path, { held_on: '2026-02-01' }, any)).toMatchObject({
    status: 409,
    body: { ids: [first.body.id] },
  })
  expect((await product.request('PATCH', path, { place: 'LIBRARY', name: 'Other' }, any)).status).toBe(200)
})

it('a record does not come back from the trash beside its duplicate', async () => {
  const first = await create({ place: 'Garden', held_on: '2026-03-01' })
  const path = `/api/records/note/${first.body.id}`
  await product.request('DELETE', path, undefined, any)
  const second = await create({ place: 'garden', held_on: '2026-03-01' })
  expect(await product.request('POST', `${path}/restore`)).toMatchObject({
    status: 409,
    body: { ids: [second.body.id] },
  })
})

it('the rule has an index that its look uses, so that large tables do not slow writes down', async () => {
  const [row] = await product.database.sql.begin(async (sql) => {
    await sql`set local enable_seqscan = off`
    return sql`explain select id from app.note t
      where md5(lower(btrim(t."place"))) = md5(lower(btrim(${'x'}::text))) and t."held_on" = ${'2026-01-01'}::date
        and t.deleted_at is null`
  })
  expect(row?.['QUERY PLAN']).toMatch(/Index Scan using duplicates_note_same_event/)
})

it('of many clients that create the same record at the same time one succeeds', async () => {
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => create({ place: 'Everywhere', held_on: '2026-04-01' })),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(409)])
})

it('a batch finds duplicates in the table and within itself', async () => {
  const send = (mode: string, records: unknown[]) =>
    product.request('POST', '/api/records/note/batch', {
      mode,
      operations: records.map((data) => ({ op: 'create', data })),
    })
  const event = (held_on: string) => ({ place: 'Batch', held_on })
  expect(await send('all', [event('2026-05-01'), event('2026-05-02'), event('2026-05-01')])).toMatchObject({
    status: 409,
    body: { code: 'record.duplicate', operation: 2 },
  })
  const { body } = await send('each', [event('2026-05-01'), event('2026-05-01'), { name: '批' }, { name: '批' }])
  const items = Array.isArray(body.items) ? body.items.map(asObject) : []
  expect(items).toMatchObject([
    { status: 201 },
    { status: 409, error: { code: 'record.duplicate' } },
    { status: 201 },
    { status: 201, _meta: { duplicates: [{ rule: 'same_name', ids: [items[2]?.id] }] } },
  ])
})
