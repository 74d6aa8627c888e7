import type { JsonObject } from '@heddle/metadata'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestProduct, type TestProduct } from '../../testing/product.ts'
import { recomputeKept } from './fixtures/recompute-kept.ts'
import { workshop } from './fixtures/workshop.ts'

let product: TestProduct

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish(workshop)
})
afterAll(() => product.stop())

type Given = { readonly [field: string]: unknown }

const at = (entity: string, id?: unknown) => `/api/records/${entity}${id === undefined ? '' : `/${id}`}`

async function create(entity: string, body: Given): Promise<JsonObject> {
  const answer = await product.request('POST', at(entity), body)
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body
}

async function change(entity: string, id: unknown, body: Given): Promise<JsonObject> {
  const answer = await product.request('PATCH', at(entity, id), body, { headers: { 'if-match': '*' } })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body
}

async function remove(entity: string, id: unknown, query = ''): Promise<void> {
  const answer = await product.request('DELETE', `${at(entity, id)}${query}`, undefined, {
    headers: { 'if-match': '*' },
  })
  expect(answer.status, JSON.stringify(answer.body)).toBe(204)
}

const read = async (entity: string, id: unknown) => (await product.request('GET', at(entity, id))).body

const ids = (lines: unknown) => (Array.isArray(lines) ? lines.map((line) => Object(line).id) : [])

/** Works every roll-up out anew and expects that none was wrong. */
async function expectNothingWrong(): Promise<void> {
  const { release } = product.live
  for (const name of ['box', 'shelf', 'room', 'house']) {
    const entity = release.entity(name)
    if (entity === undefined) throw new Error('It is published.')
    expect(await recomputeKept(product.database.sql, release, entity)).toEqual([])
  }
}

test('a record shows what its lines come to as soon as it is written with them', async () => {
  const shelf = await create('shelf', {
    boxes: [
      { weight: 2, pieces: 3 },
      { weight: 1.5, pieces: 2, kind: 'glass' },
    ],
  })
  expect(shelf).toMatchObject({ box_count: 2, load: 9, glass_load: 3, heaviest: 2, mean_weight: 1.75, version: 1 })
  const [first] = ids(shelf.boxes)
  const changed = await change('shelf', shelf.id, {
    boxes: [
      { id: first, pieces: 10 },
      { weight: 7, pieces: 1 },
    ],
  })
  expect(changed).toMatchObject({ box_count: 2, load: 27, glass_load: null, heaviest: 7, version: 2 })
  expect(await change('shelf', shelf.id, { boxes: [] })).toMatchObject({ box_count: 0, load: null, heaviest: null })
})

test('a new record counts none before anything points to it', async () => {
  expect(await create('room', {})).toMatchObject({ shelf_count: 0, load: null })
})

test('what is gathered per value of a field adds no more than its cap, and nothing where there is nothing', async () => {
  const box = (pieces: number, weight?: number, kind = 'wood') => ({ pieces, kind, weight: weight ?? null })
  const shelf = await create('shelf', { boxes: [box(1, 3), box(1, 8), box(2, 2, 'glass'), box(3)] })
  expect(shelf).toMatchObject({ load: 15, capped_load: 14, kinds: 2, version: 1 })
  const [, second, third] = ids(shelf.boxes)
  await change('box', third, { pieces: 1 })
  expect(await read('shelf', shelf.id)).toMatchObject({ load: 13, capped_load: 10, kinds: 2 })
  await change('box', third, { kind: 'wood' })
  await remove('box', second)
  expect(await read('shelf', shelf.id)).toMatchObject({ load: 5, capped_load: 5, kinds: 1 })
  expect(await change('shelf', shelf.id, { boxes: [box(3)] })).toMatchObject({ capped_load: null, kinds: 0 })
  expect(await create('shelf', {})).toMatchObject({ capped_load: null, kinds: 0 })
  await expectNothingWrong()
})

test('every change of a child reaches its parent and those above', async () => {
  const house = await create('house', {})
  const [here, there] = [await create('room', { house: house.id }), await create('room', { house: house.id })]
  const shelf = await create('shelf', { room: here.id, boxes: [{ weight: 2, pieces: 3 }] })
  expect(await read('room', here.id)).toMatchObject({ shelf_count: 1, load: 6, version: 1 })
  expect(await read('house', house.id)).toMatchObject({ double_load: 12, version: 1 })

  await change('box', ids(shelf.boxes)[0], { pieces: 5 })
  expect(await read('house', house.id)).toMatchObject({ double_load: 20 })

  await change('shelf', shelf.id, { room: there.id })
  expect(await read('room', here.id)).toMatchObject({ shelf_count: 0, load: null })
  expect(await read('room', there.id)).toMatchObject({ shelf_count: 1, load: 10 })

  await remove('shelf', shelf.id)
  expect(await read('room', there.id)).toMatchObject({ shelf_count: 0, load: null })
  expect(await read('house', house.id)).toMatchObject({ double_load: null })

  const restored = await product.request('POST', `${at('shelf', shelf.id)}/restore`)
  expect(restored.body).toMatchObject({ box_count: 1, load: 10 })
  expect(await read('house', house.id)).toMatchObject({ double_load: 20 })

  await remove('shelf', shelf.id, '?purge=true')
  expect(await read('house', house.id)).toMatchObject({ double_load: null, version: 1 })
  await expectNothingWrong()
})

test('what a deleted parent clears or takes along is gathered no more', async () => {
  const house = await create('house', {})
  const room = await create('room', { house: house.id })
  const shelf = await create('shelf', { room: room.id, spare_room: room.id, boxes: [{ weight: 1, pieces: 1 }] })
  expect(await read('room', room.id)).toMatchObject({ spare_count: 1 })
  await change('shelf', shelf.id, { room: null })
  await remove('room', room.id)
  expect(await read('house', house.id)).toMatchObject({ double_load: null })
  expect(await read('shelf', shelf.id)).toMatchObject({ spare_room: null, load: 1 })
  await expectNothingWrong()
})

test('what is purged with its parent, though it was brought back alone, is gathered no more', async () => {
  const [room, other] = [await create('room', {}), await create('room', {})]
  const shelf = await create('shelf', { room: room.id, spare_room: other.id })
  await remove('room', room.id)
  // Restoring it is refused while its room is in the trash; older releases did it.
  await product.database.sql`update app.shelf set deleted_at = null where id = ${String(shelf.id)}`
  for (const spare of [null, other.id ?? null]) {
    await product.request('PATCH', at('shelf', shelf.id), { spare_room: spare }, { headers: { 'if-match': '*' } })
  }
  expect(await read('room', other.id)).toMatchObject({ spare_count: 1 })
  await remove('room', room.id, '?purge=true')
  expect(await read('room', other.id)).toMatchObject({ spare_count: 0 })
})

test('a roll-up changes neither version nor time of its record, and writes no event of it', async () => {
  const room = await create('room', {})
  await create('shelf', { room: room.id })
  const after = await read('room', room.id)
  expect(after).toMatchObject({ shelf_count: 1, version: 1, updated_at: room.updated_at })
  const events = await product.database.sql`select kind from heddle.event where record = ${String(room.id)}`
  expect(events).toHaveLength(1)
})

test('a write that is refused leaves no trace in a roll-up', async () => {
  const shelf = await create('shelf', { boxes: [{ weight: 1, pieces: 1 }] })
  const body = { boxes: [{ weight: 2, pieces: 1 }, { weight: 'heavy' }] }
  const answer = await product.request('PATCH', at('shelf', shelf.id), body, { headers: { 'if-match': '*' } })
  expect(answer.status).toBe(422)
  expect(await read('shelf', shelf.id)).toMatchObject({ box_count: 1, load: 1 })
})

test('nothing is lost when twenty people change the lines of one record at once', async () => {
  const lines = Array.from({ length: 20 }, () => ({ weight: 1, pieces: 1 }))
  const room = await create('room', {})
  const shelf = await create('shelf', { room: room.id, boxes: lines })
  await Promise.all(ids(shelf.boxes).map((id, index) => change('box', id, { pieces: index + 1 })))
  expect(await read('shelf', shelf.id)).toMatchObject({ load: 210 })
  expect(await read('room', room.id)).toMatchObject({ load: 210 })
  await Promise.all(lines.map(() => create('box', { shelf: shelf.id, weight: 1, pieces: 1 })))
  expect(await read('shelf', shelf.id)).toMatchObject({ box_count: 40, load: 230 })
})

test('records that move between two parents in opposite directions at once come out right', async () => {
  const [left, right] = [await create('room', {}), await create('room', {})]
  const shelves = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      create('shelf', { room: index % 2 === 0 ? left.id : right.id, spare_room: index % 2 === 0 ? right.id : left.id }),
    ),
  )
  await Promise.all(
    shelves.map(({ id, room, spare_room }) => change('shelf', id, { room: spare_room, spare_room: room })),
  )
  expect(await read('room', left.id)).toMatchObject({ shelf_count: 10, spare_count: 10 })
  await Promise.all(shelves.map(({ id }) => change('shelf', id, { room: left.id })))
  expect(await read('room', left.id)).toMatchObject({ shelf_count: 20 })
  expect(await read('room', right.id)).toMatchObject({ shelf_count: 0 })
  await expectNothingWrong()
})
