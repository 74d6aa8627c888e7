import type { JsonObject } from '@heddle/metadata'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestProduct, type TestProduct } from '../../testing/product.ts'
import { ReleaseMoved } from '../on-live-release.ts'
import { recomputeKept } from './fixtures/recompute-kept.ts'
import { workshop } from './fixtures/workshop.ts'
import { maintainKept } from './maintain-kept.ts'

const field = (type: string, settings: JsonObject = {}): JsonObject => ({ 'x-field': { type, ...settings } })
const stored = (returns: string, expression: string, more: JsonObject = {}) =>
  field('formula', { returns, expression, stored: true, ...more })

const power = (times: number, name: string) => Array.from({ length: times }, () => name).join(' * ')

/** Sheets that look up papers, which look up makers; nothing gathers, so changes go down only. */
const papers: { readonly [address: string]: JsonObject } = {
  'entity/maker': { title: '作者', type: 'object', properties: { name: field('text'), factor: field('number') } },
  'entity/paper': {
    title: '纸',
    type: 'object',
    properties: {
      maker: field('lookup', { entity: 'maker', onDelete: 'clear' }),
      weight: field('number', { scale: 2 }),
    },
  },
  'entity/sheet': {
    title: '张',
    type: 'object',
    properties: {
      name: field('text'),
      paper: field('lookup', { entity: 'paper', onDelete: 'clear' }),
      pieces: field('integer'),
      made_on: field('date'),
      mass: stored('number', 'pieces * paper.weight * paper.maker.factor', { scale: 3 }),
      is_heavy: stored('boolean', 'mass > 100'),
      code: stored('text', 'upper case(name) + "-" + string(pieces)'),
      base: field('integer'),
      large: stored('integer', power(100, 'base')),
      huge: stored('integer', power(100, 'large')),
      squared: stored('integer', 'pieces * pieces * pieces'),
      wait: stored('duration', 'date("2024-01-31") - made_on'),
    },
    'x-entity': { label: 'code', indexes: { by_mass: ['mass', 'code'] } },
  },
  'role/writer': { title: '写', entities: { sheet: { verbs: { create: 'all', update: 'all' } } } },
}

let product: TestProduct

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish({ ...workshop, ...papers })
})
afterAll(() => product.stop())

const at = (entity: string, id?: unknown) => `/api/records/${entity}${id === undefined ? '' : `/${id}`}`
const forced = { headers: { 'if-match': '*' } }

async function create(entity: string, body: JsonObject): Promise<JsonObject> {
  const answer = await product.request('POST', at(entity), body)
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body
}

async function change(entity: string, id: unknown, body: JsonObject): Promise<JsonObject> {
  const answer = await product.request('PATCH', at(entity, id), body, forced)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body
}

const read = async (entity: string, id: unknown) => (await product.request('GET', at(entity, id))).body
const remove = (entity: string, id: unknown, query = '') =>
  product.request('DELETE', `${at(entity, id)}${query}`, undefined, forced)
const restore = async (entity: string, id: unknown) => (await product.request('POST', `${at(entity, id)}/restore`)).body
const idOf = ({ id }: JsonObject) => String(id)

async function expectNothingWrong(): Promise<void> {
  const { release } = product.live
  for (const name of ['box', 'shelf', 'room', 'house', 'sheet']) {
    const entity = release.entity(name)
    if (entity === undefined) throw new Error('It is published.')
    expect(await recomputeKept(product.database.sql, release, entity), name).toEqual([])
  }
}

/** How often a write has waited in a circle, and was run again. */
async function deadlocks(): Promise<number> {
  const [row] = await product.database.sql<{ deadlocks: number }[]>`
    select deadlocks::int as deadlocks from pg_stat_database where datname = current_database()`
  return row?.deadlocks ?? 0
}

async function sheetOfMaker(factor: number, more: JsonObject = {}) {
  const maker = await create('maker', { factor })
  const paper = await create('paper', { maker: idOf(maker), weight: 2 })
  const sheet = await create('sheet', { paper: idOf(paper), pieces: 3, ...more })
  return { maker, paper, sheet }
}

describe('a stored formula', () => {
  test('is shown settled by every write, and is in its column', async () => {
    const { sheet } = await sheetOfMaker(1.5, { name: 'a', made_on: '2024-01-30' })
    const values = { mass: 9, is_heavy: false, code: 'A-3', squared: 27, wait: 'P1D', version: 1 }
    expect(sheet).toMatchObject(values)
    const changed = await change('sheet', sheet.id, { pieces: 40 })
    expect(changed).toMatchObject({ mass: 120, is_heavy: true, code: 'A-40', version: 2 })
    const [row] = await product.database
      .sql`select mass::float, is_heavy, code from app.sheet where id = ${idOf(sheet)}`
    expect(row).toEqual({ mass: 120, is_heavy: true, code: 'A-40' })
    await remove('sheet', sheet.id)
    expect(await restore('sheet', sheet.id)).toMatchObject({ mass: 120, code: 'A-40' })
  })

  test('is filtered, sorted, grouped and indexed by, and names the record', async () => {
    await create('sheet', { name: 'sorted', pieces: 7 })
    await create('sheet', { name: 'sorted', pieces: 5 })
    const list = await product.request('GET', `${at('sheet')}?name=sorted&sort=squared&fields=code,squared`)
    expect(list.body.items).toMatchObject([{ code: 'SORTED-5' }, { code: 'SORTED-7', squared: 343 }])
    const found = await product.request('POST', `${at('sheet')}/query`, {
      where: 'squared = 343 and code = "SORTED-7"',
    })
    expect(found.body.items).toHaveLength(1)
    const sums = await product.request('POST', `${at('sheet')}/aggregate`, {
      where: 'name = "sorted"',
      groupBy: ['is_heavy'],
      measures: [{ count: true }, { sum: 'squared' }],
    })
    expect(sums, JSON.stringify(sums.body)).toMatchObject({
      status: 200,
      body: { items: [{ count: 2, sum: { squared: 468 } }] },
    })
    const indexes = await product.database
      .sql`select indexdef from pg_indexes where tablename = 'sheet' and indexdef like '%mass, code%'`
    expect(indexes).toHaveLength(1)
  })

  test('cannot be written', async () => {
    const answer = await product.request('POST', at('sheet'), { mass: 1 })
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: '/mass' }] } })
  })

  test('is shown to those who may only write', async () => {
    const key = await product.key('writer')
    const made = await product.request('POST', at('sheet'), { name: 'w', pieces: 1 }, { key })
    expect(made).toMatchObject({ status: 201, body: { code: 'W-1' } })
    const changed = await product.request('PATCH', at('sheet', made.body.id), { pieces: 2 }, { ...forced, key })
    expect(changed).toMatchObject({ status: 200, body: { code: 'W-2' } })
    expect((await product.request('GET', at('sheet', made.body.id), undefined, { key })).status).toBe(403)
  })

  test('follows what it looks up, however far, without a change of version, time or history', async () => {
    const { maker, paper, sheet } = await sheetOfMaker(1)
    await change('maker', maker.id, { factor: 2 })
    expect(await read('sheet', sheet.id)).toMatchObject({ mass: 12, version: 1, updated_at: sheet.updated_at })
    await change('paper', paper.id, { weight: 100 })
    expect(await read('sheet', sheet.id)).toMatchObject({ mass: 600, is_heavy: true })
    await change('paper', paper.id, { maker: idOf(await create('maker', { factor: 0.5 })) })
    expect(await read('sheet', sheet.id)).toMatchObject({ mass: 150, version: 1 })
    await remove('paper', paper.id)
    expect(await read('sheet', sheet.id)).toMatchObject({ paper: null, mass: null, is_heavy: null, version: 2 })
    const events = await product.database.sql`select kind from heddle.event where record = ${idOf(sheet)} order by id`
    expect(events.map(({ kind }) => kind)).toEqual(['created', 'updated'])
  })

  test('of a record in the trash is right when it comes back', async () => {
    const { maker, paper, sheet } = await sheetOfMaker(1)
    await remove('sheet', sheet.id)
    await change('maker', maker.id, { factor: 5 })
    expect(await restore('sheet', sheet.id)).toMatchObject({ mass: 30 })
    await remove('sheet', sheet.id)
    await remove('paper', paper.id, '?purge=true')
    expect(await restore('sheet', sheet.id)).toMatchObject({ paper: null, mass: null })
  })

  test('is right in a batch, of many rows at once and one by one', async () => {
    const { paper, sheet } = await sheetOfMaker(1)
    const creates = [1, 2, 3].map((pieces) => ({ op: 'create', data: { name: 'b', paper: idOf(paper), pieces } }))
    const update = { op: 'update', id: idOf(sheet), data: { pieces: 50 } }
    for (const mode of ['all', 'each']) {
      const answer = await product.request('POST', `${at('sheet')}/batch`, { mode, operations: [...creates, update] })
      expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    }
    const list = await product.request('GET', `${at('sheet')}?name=b&sort=mass`)
    expect(list.body.items).toMatchObject([2, 2, 4, 4, 6, 6].map((mass) => ({ mass })))
    expect(await read('sheet', sheet.id)).toMatchObject({ mass: 100, is_heavy: false })
    await expectNothingWrong()
  })

  test('refuses values it cannot be worked out with, and names itself', async () => {
    const answer = await product.request('POST', at('sheet'), { base: 999_999_999_999_999 })
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ code: 'formula.range' }] } })
    expect(answer.body.detail).toContain('huge')
  })

  test('is found by those that read it through lines, lookups and roll-ups', async () => {
    const house = await create('house', { name: '北', rating: 2 })
    const room = await create('room', { house: idOf(house) })
    const shelf = await create('shelf', {
      room: idOf(room),
      boxes: [
        { weight: 2, pieces: 3, kind: 'glass' },
        { weight: 1, pieces: 4 },
      ],
    })
    expect(shelf).toMatchObject({
      load: 10,
      heft: 20,
      double_heft: 40,
      glass_count: 1,
      label: '北/1',
      rated: 20,
      share: 0.4762,
    })
    expect(await read('house', house.id)).toMatchObject({ double_load: 20, worth: 40, kept_load: 21 })
    expect(await change('house', house.id, { rating: 3, name: '南' })).toMatchObject({ worth: 60, version: 2 })
    expect(await read('shelf', shelf.id)).toMatchObject({
      heft: 30,
      double_heft: 60,
      label: '南/1',
      rated: 30,
      version: 1,
    })
    expect(await change('shelf', shelf.id, { boxes: [] })).toMatchObject({ glass_count: 0, label: '南/0', heft: null })
    expect(await change('shelf', shelf.id, { room: null })).toMatchObject({ label: null })
    expect(await read('room', room.id)).toMatchObject({ rating: 3, kept_load: null })
    await expectNothingWrong()
  })
})

describe('when many write at once', () => {
  test('a write that was begun before a publish maintains nothing as it was', async () => {
    const { release } = product.live
    const { maker, sheet } = await sheetOfMaker(1)
    await product.publish({ 'entity/extra': { title: '外', type: 'object', properties: {} } })
    const entity = release.entity('maker')
    if (entity === undefined) throw new Error('It is published.')
    const change = { entity, ids: [idOf(maker)], fields: new Set(['factor']), left: new Map() }
    const late = product.database.sql.begin(async (connection) => {
      await connection`update app.maker set factor = 9 where id = ${idOf(maker)}`
      await maintainKept({ connection, reader: { release } }, [change])
    })
    await expect(late).rejects.toBeInstanceOf(ReleaseMoved)
    expect(await read('sheet', sheet.id)).toMatchObject({ mass: 6 })
  })

  test('up and down the same records, every value is right and nobody waits in a circle', async () => {
    const house = await create('house', { name: 'h', rating: 1 })
    const room = await create('room', { house: idOf(house) })
    const boxes = Array.from({ length: 10 }, () => ({ weight: 1, pieces: 1 }))
    const shelves = await Promise.all([0, 1].map(() => create('shelf', { room: idOf(room), boxes })))
    const lines = shelves.flatMap((shelf) =>
      Array.isArray(shelf.boxes) ? shelf.boxes.map((box) => Object(box).id) : [],
    )
    await Promise.all([
      ...lines.map((id, index) => change('box', id, { pieces: index + 1 })),
      ...[2, 3, 4, 5].map((rating) => change('house', house.id, { rating })),
      ...shelves.map((shelf) => change('shelf', shelf.id, { spare_room: idOf(room) })),
      ...Array.from({ length: 4 }, () => create('box', { shelf: idOf(shelves[0] ?? {}), weight: 1, pieces: 0 })),
    ])
    await change('house', house.id, { rating: 10 })
    expect(await read('house', house.id)).toMatchObject({ double_load: 420, worth: 4200 })
    expect((await read('shelf', shelves[1]?.id)).rated).toBe((await read('shelf', shelves[1]?.id)).heft)
    await expectNothingWrong()
  })

  test('no change of what is looked up is lost on records that begin to look it up', async () => {
    const { maker, paper } = await sheetOfMaker(1)
    const other = await create('paper', { weight: 1 })
    const sheets = await Promise.all(Array.from({ length: 20 }, () => create('sheet', { pieces: 1 })))
    await Promise.all(
      sheets.flatMap(({ id }, index) => [
        change('sheet', id, { paper: idOf(index % 2 === 0 ? paper : other) }),
        index % 3 === 0
          ? change('maker', maker.id, { factor: index + 1 })
          : change('paper', paper.id, { weight: index }),
        create('sheet', { paper: idOf(paper), pieces: index }),
        change('paper', other.id, index % 2 === 0 ? { maker: idOf(maker) } : { maker: null, weight: index }),
      ]),
    )
    await expectNothingWrong()
    expect(await deadlocks()).toBe(0)
  })
})
