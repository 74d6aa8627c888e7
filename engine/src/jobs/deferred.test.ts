import { setTimeout as sleep } from 'node:timers/promises'
import type { JsonObject } from '@heddle/metadata'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLog } from '../log.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'
import { claimJob } from './claim.ts'
import { runJobs } from './run-jobs.ts'

let product: TestProduct
let serial = 0
let name: string

const field = (title: string, settings: JsonObject = {}): JsonObject => ({
  title,
  'x-field': { type: 'text', ...settings },
})
const entity = (code: JsonObject, more: JsonObject = {}): JsonObject => ({
  title: '条目',
  type: 'object',
  properties: { head: field('标题'), code, parent: { title: '上级', 'x-field': { type: 'lookup', entity: 'parent' } } },
  'x-entity': { label: 'head' },
  ...more,
})
const unique = entity(field('编号', { unique: true }))
const create = (body: JsonObject) => product.request('POST', `/api/records/${name}`, body)
const forced = { headers: { 'if-match': '*' } }
const newestJob = async () => ((await product.request('GET', '/api/metadata/jobs')).body.items as JsonObject[])[0]
const table = () => product.database.sql(name)

beforeAll(async () => {
  product = await startTestProduct()
  await product.jobs.stop()
  await product.publish({ 'entity/parent': { title: '上级', type: 'object', properties: { head: field('标题') } } })
})
afterAll(() => product.stop())
/** A table with 50,000 records; their codes differ. Jobs run only when a test says so. */
beforeEach(async () => {
  await product.request('DELETE', '/api/metadata/draft')
  name = `note_${++serial}`
  await product.publish({ [`entity/${name}`]: entity(field('编号')) })
  await product.database.sql`insert into app.${table()} (id, head, code)
    select gen_random_uuid(), '行 ' || n, 'c' || n from generate_series(1, 50000) n`
})

async function work(): Promise<void> {
  const runner = await runJobs(product.database.sql, product.live, createLog('silent'))
  await runner.idle()
  await runner.stop()
}

async function isValid(prefix: string): Promise<unknown> {
  const [row] = await product.database.sql`
    select bool_and(valid) as valid from (
      select c.relname as name, i.indisvalid as valid from pg_index i join pg_class c on c.oid = i.indexrelid
      union all select conname, convalidated from pg_constraint
    ) objects where name like ${`${prefix}_${name}_%`}`
  return row?.valid
}

describe('a unique rule on a big table', () => {
  it('is pending and checked by the writes themselves until its index stands', async () => {
    const { body: other } = await create({ head: 'other', code: 'mine' })
    const { body: trashed } = await create({ head: 'trashed', code: 'c1-old' })
    await product.request('DELETE', `/api/records/${name}/${trashed.id}`, undefined, forced)
    await product.publish({ [`entity/${name}`]: unique })
    expect(await newestJob()).toMatchObject({ kind: 'index', state: 'pending', release: product.live.release.number })
    const taken = { status: 409, body: { code: 'record.duplicate', errors: [{ path: '/code', code: 'value.unique' }] } }
    expect(await create({ head: 'x', code: 'c1' })).toMatchObject(taken)
    expect((await create({ head: 'x', code: 'c1-old' })).status).toBe(201)
    expect(await product.request('PATCH', `/api/records/${name}/${other.id}`, { code: 'c2' }, forced)).toMatchObject(
      taken,
    )
    expect(await product.request('POST', `/api/records/${name}/${trashed.id}/restore`)).toMatchObject(taken)

    const before = product.live.release.number
    await work()
    expect(await newestJob()).toMatchObject({ state: 'done' })
    expect(product.live.release.number).toBe(before + 1)
    expect(product.live.release.entity(name)?.pending.size).toBe(0)
    expect(await isValid('unique')).toBe(true)
    expect(await create({ head: 'x', code: 'c1' })).toMatchObject(taken)
  })

  it('fails with the records at fault when one slips in, and is tried again when they are corrected', async () => {
    await product.publish({ [`entity/${name}`]: unique })
    const { sql } = product.database
    await sql`update app.${table()} set code = 'c1' where code = 'c2'`
    await work()
    const job = await newestJob()
    expect(job).toMatchObject({ state: 'failed', error: { rows: [{ value: 'c1' }, { value: 'c1' }] } })
    expect(await isValid('unique')).toBe(null)
    await sql`update app.${table()} set code = 'c2' where id = (select min(id::text)::uuid from app.${table()} where code = 'c1')`
    expect((await product.request('POST', `/api/metadata/jobs/${job?.id}/retry`)).status).toBe(202)
    await work()
    expect(await newestJob()).toMatchObject({ state: 'done' })
  })

  it('names equal values in the plan', async () => {
    await product.database.sql`update app.${table()} set code = 'same' where code in ('c7', 'c8')`
    await product.request('PUT', `/api/metadata/draft/entity/${name}`, { body: unique })
    const { body } = await product.request('POST', '/api/metadata/plan')
    expect(body).toMatchObject({
      findings: [{ severity: 'error', code: 'publish.unique.duplicate', path: '/properties/code' }],
      steps: [{ class: 'guarded', deferred: true, failing: [{ value: 'same' }, { value: 'same' }] }],
    })
  })

  it('is called off when the rule goes again', async () => {
    await product.publish({ [`entity/${name}`]: unique })
    await product.publish({ [`entity/${name}`]: entity(field('编号')) })
    expect(await newestJob()).toMatchObject({ state: 'cancelled' })
    expect((await create({ head: 'x', code: 'c1' })).status).toBe(201)
  })
})

it('a required rule on a big table holds for new records at once and is validated for the old ones later', async () => {
  await product.publish({ [`entity/${name}`]: entity(field('编号'), { required: ['code'] }) })
  expect(await newestJob()).toMatchObject({ kind: 'validate', state: 'pending' })
  expect(await isValid('required')).toBe(false)
  await expect(product.database.sql`insert into app.${table()} (id) values (gen_random_uuid())`).rejects.toMatchObject({
    code: '23514',
  })
  await work()
  expect(await newestJob()).toMatchObject({ state: 'done' })
  expect(await isValid('required')).toBe(true)
})

it('a stop does not wait for a validation that has to wait for the table', async () => {
  await product.publish({ [`entity/${name}`]: entity(field('编号'), { required: ['code'] }) })
  const { sql } = product.database
  const holder = await sql.reserve()
  await holder`begin`
  await holder`lock table app.${table()} in share row exclusive mode`
  const runner = await runJobs(sql, product.live, createLog('silent'))
  await vi.waitFor(async () => {
    const waiting = await sql`select 1 from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query like 'alter table % validate %'`
    expect(waiting).toHaveLength(1)
  }, 10_000)
  const stopped = await Promise.race([runner.stop().then(() => true), sleep(5_000, false)])
  await holder`rollback`
  holder.release()
  await runner.stop()
  expect(stopped).toBe(true)
  expect(await newestJob()).toMatchObject({ state: 'running' })
  await work()
  expect(await newestJob()).toMatchObject({ state: 'done' })
})

it('a reference and an index added to a big table are made without locking it', async () => {
  const { properties, ...rest } = entity(field('编号'))
  const more = { ...Object(properties), other: { title: '另一', 'x-field': { type: 'lookup', entity: 'parent' } } }
  const indexed = { label: 'head', indexes: { by_code: ['code', 'head'] } }
  await product.publish({ [`entity/${name}`]: { ...rest, properties: more, 'x-entity': indexed } })
  await work()
  for (const prefix of ['by', 'reference', 'index']) expect(await isValid(prefix), prefix).toBe(true)
})

it('a change of what search looks in writes every text anew, at any size', async () => {
  const found = async (text: string) =>
    (await product.request('GET', `/api/records/${name}?limit=1&search=${text}`)).body.items
  await product.publish({
    [`entity/${name}`]: entity(field('编号'), { 'x-entity': { label: 'head', search: ['code'] } }),
  })
  expect(await found('c49999')).toEqual([])
  await create({ head: '新', code: 'fresh' })
  await work()
  expect(await found('c49999')).toMatchObject([{ code: 'c49999' }])
  expect(await found('fresh')).toMatchObject([{ head: '新' }])
  await product.publish({
    [`entity/${name}`]: entity(field('编号'), { 'x-entity': { label: 'head', search: ['head'] } }),
  })
  await work()
  expect(await found('c49999')).toEqual([])
  expect(await found(encodeURIComponent('行 49999'))).toMatchObject([{ code: 'c49999' }])
})

it('a job is claimed once, and by another process when its own is gone', async () => {
  await product.publish({ [`entity/${name}`]: unique })
  const { sql } = product.database
  const first = await claimJob(sql)
  expect(first?.job.kind).toBe('index')
  expect(await claimJob(sql)).toBeUndefined()
  await first?.release()
  const second = await claimJob(sql)
  expect(second).toMatchObject({ job: { id: first?.job.id }, attempts: 2 })
  await second?.release()
  await work()
  expect(await newestJob()).toMatchObject({ state: 'done', attempts: 3 })
})
