import type { JsonObject } from '@heddle/metadata'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

let product: TestProduct
let serial = 0
let name: string

beforeAll(async () => {
  product = await startTestProduct()
})
afterAll(() => product.stop())
beforeEach(async () => {
  await product.request('DELETE', '/api/metadata/draft')
  name = `note_${++serial}`
  await product.publish({ [`entity/${name}`]: withWidth('text') })
})

const withWidth = (type: string, settings: JsonObject = {}, more: JsonObject = {}): JsonObject => ({
  title: '条目',
  type: 'object',
  properties: {
    head: { title: '标题', 'x-field': { type: 'text' } },
    width: { title: '宽', ...more, 'x-field': { type, ...settings } },
  },
  'x-entity': { label: 'head' },
})
const draft = (body: JsonObject) =>
  product.request('PUT', `/api/metadata/draft/entity/${name}`, { body }, { headers: { 'if-match': '*' } })
const plan = async () => (await product.request('POST', '/api/metadata/plan')).body
const create = (body: JsonObject) => product.request('POST', `/api/records/${name}`, body)
const path = (id: unknown) => `/api/records/${name}/${id}`
const forced = { headers: { 'if-match': '*' } }
const table = () => product.database.sql(name)
const jobs = async () => (await product.request('GET', '/api/metadata/jobs')).body.items as JsonObject[]

/** Enough rows to be a big table, quickly. */
async function fill(width: string): Promise<void> {
  const { sql } = product.database
  await sql`insert into app.${table()} (id, head, width)
    select gen_random_uuid(), 'row ' || n, case when ${width} = 'n' then n::text else ${width} end
    from generate_series(1, 50000) n`
}

describe('a change of type in a small table', () => {
  it('copies the values, checks them, and keeps the old ones aside', async () => {
    const { body: full } = await create({ head: 'a', width: '1,200.5' })
    const { body: empty } = await create({ head: 'b' })
    await draft(withWidth('number'))
    expect((await plan()).steps).toMatchObject([{ class: 'guarded', path: '/properties/width', rows: 2 }])
    await product.publish({})
    expect((await product.request('GET', path(full.id))).body).toMatchObject({ width: 1200.5 })
    expect((await product.request('GET', path(empty.id))).body).toMatchObject({ width: null })
    expect((await create({ head: 'c', width: 7 })).body).toMatchObject({ width: 7 })
    const [old] = await product.database.sql`select width from app.${table()} where head = 'a'`
    expect(old).toMatchObject({ width: '1,200.5' })
  })

  it('names the records whose values cannot make it, and nothing overrides that', async () => {
    const { body } = await create({ head: 'bad', width: 'wide' })
    await create({ head: 'good', width: '12' })
    await draft(withWidth('number'))
    const { steps, findings, planHash } = await plan()
    expect(steps).toMatchObject([{ failing: [{ id: body.id, label: 'bad', value: 'wide' }] }])
    expect(findings).toMatchObject([{ severity: 'error', path: '/properties/width', code: 'publish.type.value' }])
    const refused = await product.request('POST', '/api/metadata/publish', {
      planHash,
      accept: ['guarded', 'destructive'],
    })
    expect(refused.status).toBe(422)
    await product.request('PATCH', path(body.id), { width: '13' }, forced)
    expect(await product.publish({})).toBeGreaterThan(0)
    expect((await product.request('GET', path(body.id))).body).toMatchObject({ width: 13 })
  })

  it('carries unique, required and default along', async () => {
    await create({ head: 'a', width: '1' })
    await create({ head: 'b', width: '1.0' })
    const unique = withWidth('number', { unique: true })
    await draft({ ...unique, required: ['width'] })
    expect((await plan()).findings).toMatchObject([{ code: 'publish.unique.duplicate', path: '/properties/width' }])
    await product.publish({ [`entity/${name}`]: { ...withWidth('number'), required: ['width'] } })
    expect((await create({ head: 'c' })).status).toBe(422)
  })

  it('goes there and back', async () => {
    const { body } = await create({ head: 'a', width: '5' })
    for (const type of ['number', 'text', 'integer', 'text'])
      await product.publish({ [`entity/${name}`]: withWidth(type) })
    expect((await product.request('GET', path(body.id))).body).toMatchObject({ width: '5' })
  })

  it('is refused where values have no way', async () => {
    await draft(withWidth('lookup', { entity: name }))
    expect((await plan()).findings).toMatchObject([
      { severity: 'error', code: 'field.type.impossible', path: '/properties/width/x-field/type' },
    ])
  })
})

describe('a change of type in a big table', () => {
  it('converts in a job while both sides are written, then changes by itself', async () => {
    await fill('n')
    await draft(withWidth('integer'))
    expect((await plan()).steps).toMatchObject([{ deferred: true, rows: 50_000 }])
    const release = await product.publish({})
    const written = await create({ head: 'meanwhile', width: '77' })
    const before = product.live.release.number === release
    if (before) expect(written).toMatchObject({ status: 201, body: { width: '77' } })
    await product.jobs.idle()
    expect(await jobs()).toMatchObject([{ state: 'done', kind: 'convert' }])
    expect(product.live.release.number).toBe(release + 1)
    expect((await product.request('GET', `/api/metadata/entity/${name}`)).body).toMatchObject({
      body: { properties: { width: { 'x-field': { type: 'integer' } } } },
    })
    const [sums] = await product.database.sql`select sum(width__2)::int as sum from app.${table()}`
    expect(sums).toEqual({ sum: 1_250_025_000 + 77 })
    expect((await create({ head: 'after', width: 78 })).body).toMatchObject({ width: 78 })
    const triggers = await product.database.sql`select 1 from pg_trigger where tgrelid = ${`app.${name}`}::regclass
      and not tgisinternal`
    expect(triggers).toHaveLength(0)
  })
})

describe('while a big table is converted', () => {
  beforeEach(async () => {
    await product.jobs.stop()
    await fill('n')
    await product.publish({ [`entity/${name}`]: withWidth('integer') })
  })

  it('the field stays what it was, and takes nothing that could not be converted', async () => {
    expect((await product.request('GET', `/api/metadata/entity/${name}`)).body).toMatchObject({
      body: { properties: { width: { 'x-field': { type: 'text' } } } },
    })
    expect((await create({ head: 'x', width: '12' })).body).toMatchObject({ width: '12' })
    const refused = await create({ head: 'x', width: 'wide' })
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: '/width', code: 'value.type' }] } })
    expect(await jobs()).toMatchObject([{ state: 'pending', kind: 'convert' }, {}])
  })

  it('other publishes go on, and taking the change back gives it up', async () => {
    const other = withWidth('integer')
    await product.publish({ [`entity/${name}`]: { ...other, title: '别的' } })
    expect(await jobs()).toMatchObject([{ state: 'pending' }, {}, {}])
    await product.publish({ [`entity/${name}`]: withWidth('text') })
    expect(await jobs()).toMatchObject([{ state: 'cancelled' }, {}, {}])
    const columns = await product.database.sql`select column_name from information_schema.columns
      where table_schema = 'app' and table_name = ${name} and column_name like 'width%'`
    expect(columns).toHaveLength(1)
    expect((await create({ head: 'x', width: 'wide' })).status).toBe(201)
  })
})
