import { setTimeout as sleep } from 'node:timers/promises'
import { asObject, type JsonObject } from '@heddle/metadata'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createLog } from '../log.ts'
import { diagnose } from '../publish/doctor/diagnose.ts'
import { recomputeKept } from '../records/kept/fixtures/recompute-kept.ts'
import { connect } from '../storage/connect.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'
import { runJobs } from './run-jobs.ts'

const field = (type: string, settings: JsonObject = {}): JsonObject => ({
  title: type,
  'x-field': { type, ...settings },
})
const formula = (expression: string, settings: JsonObject = {}) =>
  field('formula', { returns: 'number', scale: 2, expression, ...settings })
const stored = (expression: string, settings: JsonObject = {}) => formula(expression, { stored: true, ...settings })

const log = createLog('silent')
let product: TestProduct
let serial = 0
let note: string
let maker: string
let made: string

beforeAll(async () => {
  product = await startTestProduct()
  await product.jobs.stop()
})
afterAll(() => product.stop())

const entity = (properties: JsonObject, more: JsonObject = {}): JsonObject => ({
  title: '实体',
  type: 'object',
  properties,
  ...more,
})
const notes = (own: JsonObject = {}, more: JsonObject = {}) => ({
  [`entity/${note}`]: entity({ maker: field('lookup', { entity: maker }), pages: field('integer'), ...own }, more),
})
const makers = (own: JsonObject = {}) => ({ [`entity/${maker}`]: entity({ factor: field('number'), ...own }) })

/** 50,000 notes of one maker, with 1 to 50,000 pages. Jobs run only when a test says so. */
beforeEach(async () => {
  await product.request('DELETE', '/api/metadata/draft')
  note = `note_${++serial}`
  maker = `maker_${serial}`
  await product.publish({ ...makers(), ...notes() })
  made = String((await product.request('POST', `/api/records/${maker}`, { factor: 2 })).body.id)
  await product.database.sql`insert into app.${table()} (id, maker, pages)
    select gen_random_uuid(), ${made}, n from generate_series(1, 50000) n`
})

const table = () => product.database.sql(note)
const forced = { headers: { 'if-match': '*' } }
const jobs = async () => {
  const { items } = (await product.request('GET', '/api/metadata/jobs')).body
  return (Array.isArray(items) ? items : []).map(asObject).filter(({ address }) => address === `entity/${note}`)
}
const one = async (pages: number): Promise<JsonObject> => {
  const { items } = (await product.request('GET', `/api/records/${note}?pages=${pages}`)).body
  return asObject(Array.isArray(items) ? items[0] : null)
}
const change = (name: string, id: unknown, body: JsonObject) =>
  product.request('PATCH', `/api/records/${name}/${id}`, body, forced)
const pending = () => [...(product.live.release.entity(note)?.pending ?? [])]

async function work(): Promise<void> {
  const runner = await runJobs(product.database.sql, product.live, log)
  await runner.idle()
  await runner.stop()
}

/** How many columns do not hold what the formula gives. */
async function wrongIn(column: string, factor: number): Promise<unknown> {
  const { sql } = product.database
  const [row] = await sql`select count(*)::int as wrong from app.${table()}
    where ${sql(column)} is distinct from pages * ${factor}::numeric`
  return row?.wrong
}

async function expectAllFilled(): Promise<void> {
  const { sql } = product.database
  const { release } = product.live
  const filled = release.entity(note)
  if (filled === undefined) throw new Error('It is published.')
  expect(pending()).toEqual([])
  expect(await recomputeKept(sql, release, filled)).toEqual([])
  expect((await diagnose(sql)).ailments).toEqual([])
}

it('a stored formula of a big table is right before, while and after its job fills the column', async () => {
  const indexed = { 'x-entity': { indexes: { by_value: ['value'] } } }
  await product.publish(notes({ value: stored('pages * maker.factor'), more: stored('value + 1') }, indexed))
  expect(pending()).toEqual(['value', 'more'])
  expect((await jobs()).map(({ kind, state }) => `${state} ${kind}`).sort()).toEqual([
    'pending fill',
    'pending fill',
    'pending index',
  ])
  expect(await wrongIn('value', 2)).toBe(50_000)
  expect(await one(7)).toMatchObject({ value: 14, more: 15 })
  const query = { where: 'value >= 99998', sort: '-value', fields: 'pages' }
  const found = await product.request('POST', `/api/records/${note}/query`, query)
  expect(found.body.items).toMatchObject([{ pages: 50_000 }, { pages: 49_999 }])
  const written = await product.request('POST', `/api/records/${note}`, { maker: made, pages: 60_000 })
  expect(written.body).toMatchObject({ value: 120_000, more: 120_001 })
  expect(await wrongIn('value', 2)).toBe(50_000)

  await work()
  expect(await wrongIn('value', 2)).toBe(0)
  expect(await one(7)).toMatchObject({ value: 14, more: 15, version: 1 })
  expect((await jobs()).map(({ state }) => state)).toEqual(['done', 'done', 'done'])
  await expectAllFilled()
})

it('what reads a formula that still waits for its job is told of each change', async () => {
  await product.publish(notes({ value: stored('pages * 2') }))
  await work()
  const tag = `tag_${serial}`
  const told = entity({ note: field('lookup', { entity: note }), value: stored('note.value + 1') })
  await product.publish({ [`entity/${tag}`]: told })
  const { id } = await one(3)
  const { body } = await product.request('POST', `/api/records/${tag}`, { note: id })
  expect(body).toMatchObject({ value: 7 })
  await product.publish(notes({ value: stored('pages * 3') }))
  const read = async () => (await product.request('GET', `/api/records/${tag}/${body.id}`)).body
  expect(await read()).toMatchObject({ value: 10 })
  // The column already holds what two pages give now.
  expect((await change(note, id, { pages: 2 })).body).toMatchObject({ value: 6 })
  expect(await read()).toMatchObject({ value: 7 })
})

it('a job that dies is gone on with where it was, among writes of what it reads', async () => {
  await product.publish(notes({ value: stored('pages * maker.factor') }))
  const dying = connect(product.database.url, { max: 4 })
  const runner = await runJobs(dying, product.live, log)
  const done = async () => Number((await jobs())[0]?.done)
  while ((await done()) === 0) await sleep(5)
  await dying.end({ timeout: 0 })
  await runner.stop().catch(() => undefined)
  const reached = await done()
  expect(reached).toBeGreaterThan(0)
  expect(reached).toBeLessThan(50_000)
  expect(pending()).toEqual(['value'])
  const { sql } = product.database
  await sql`update app.${table()} set value = 0 where id in (select id from app.${table()} order by id limit 10)`

  const ids = await sql<{ id: string }[]>`select id from app.${table()} order by md5(id::text) limit 30`
  await Promise.all([work(), ...ids.map(({ id }, index) => change(note, id, { pages: index }))])
  expect((await jobs())[0]).toMatchObject({ state: 'done', attempts: 2 })
  // What the dead one had done was not done again.
  const [untouched] = await sql`select count(*)::int as count from app.${table()} where value = 0 and pages > 30`
  expect(untouched?.count).toBeGreaterThan(0)
  await sql`update app.${table()} set value = pages * 2`
  await expectAllFilled()
}, 60_000)

it('changing it again, or what it reads, begins anew; other publishes leave it alone', async () => {
  await product.publish({
    ...makers({ twice: formula('factor * 2') }),
    ...notes({ value: stored('pages * maker.twice') }),
  })
  const states = async () => (await jobs()).map(({ state }) => state)
  await product.publish(notes({ value: stored('pages * maker.twice'), other: field('text') }))
  expect(await states()).toEqual(['pending'])
  await product.publish(makers({ twice: formula('factor * 5') }))
  expect(await states()).toEqual(['pending', 'cancelled'])
  expect(await one(3)).toMatchObject({ value: 30 })
  await work()
  expect(await wrongIn('value', 10)).toBe(0)
  await product.publish(makers({ twice: formula('factor * 6') }))
  expect(pending()).toEqual(['value'])
  expect(await one(3)).toMatchObject({ value: 36 })
  await work()
  expect(await wrongIn('value', 12)).toBe(0)

  await product.publish(notes({ value: stored('pages * maker.twice'), pages: field('number') }))
  await work()
  expect((await states()).slice(0, 2)).toEqual(['done', 'done'])
  const { id } = await one(3)
  expect((await change(note, id, { pages: 3.5 })).body).toMatchObject({ value: 42 })
  await expectAllFilled()
}, 60_000)

it('storing it no longer, or hiding it, calls the job off', async () => {
  await product.publish(notes({ value: stored('pages * 2'), more: stored('pages * 3') }))
  await product.publish(notes({ value: formula('pages * 2') }))
  expect(pending()).toEqual([])
  expect((await jobs()).slice(0, 2)).toMatchObject([{ state: 'cancelled' }, { state: 'cancelled' }])
  expect(await one(5)).toMatchObject({ value: 10 })
  expect((await diagnose(product.database.sql)).ailments).toEqual([])
})
