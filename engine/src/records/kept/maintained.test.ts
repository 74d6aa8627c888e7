import type { JsonObject } from '@heddle/metadata'
import fc from 'fast-check'
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

/** The records that exist, by entity; operations choose among them by number. */
type World = { readonly [entity: string]: string[] }

const send = (method: string, path: string, body?: JsonObject) =>
  product.request(method, `/api/records/${path}`, body, { headers: { 'if-match': '*' } })

async function create(world: World, entity: string, body: JsonObject): Promise<void> {
  const { status, body: created } = await send('POST', entity, body)
  if (status === 201) world[entity]?.push(String(created.id))
}

const pick = (world: World, entity: string, number: number): string | null => {
  const known = world[entity] ?? []
  return known[number % (known.length + 1)] ?? null
}

const arbitrary = fc.record({
  entity: fc.constantFrom('house', 'room', 'shelf', 'box'),
  does: fc.constantFrom('create', 'create', 'change', 'change', 'change', 'delete', 'restore', 'purge', 'lines'),
  which: fc.nat(7),
  to: fc.nat(7),
  weight: fc.option(fc.integer({ min: -500, max: 500 }).map((value) => value / 100)),
  pieces: fc.option(fc.integer({ min: 0, max: 9 })),
  kind: fc.option(fc.constantFrom('glass', 'wood')),
})

type Operation = typeof arbitrary extends fc.Arbitrary<infer Value> ? Value : never

function valuesOf(world: World, { entity, to, weight, pieces, kind }: Operation): JsonObject {
  const values: { readonly [entity: string]: JsonObject } = {
    house: { rating: weight, name: kind },
    room: { house: pick(world, 'house', to) },
    shelf: { room: pick(world, 'room', to), spare_room: pick(world, 'room', to + 1) },
    box: { shelf: pick(world, 'shelf', to), weight, pieces, kind },
  }
  return values[entity] ?? {}
}

/** Tries the operation; one that is refused is as good. */
async function run(world: World, operation: Operation): Promise<void> {
  const { entity, does, which, weight, pieces } = operation
  if (does === 'create') return create(world, entity, valuesOf(world, operation))
  if (does === 'lines')
    return create(world, 'shelf', {
      boxes: [
        { weight, pieces },
        { weight: 1, pieces },
      ],
    })
  const path = `${entity}/${pick(world, entity, which)}`
  if (does === 'change') await send('PATCH', path, valuesOf(world, operation))
  else if (does === 'restore') await send('POST', `${path}/restore`)
  else await send('DELETE', does === 'purge' ? `${path}?purge=true` : path)
}

test('whatever happens to records, what is maintained is what is worked out anew', async () => {
  const { release } = product.live
  await fc.assert(
    fc.asyncProperty(fc.array(arbitrary, { minLength: 5, maxLength: 25 }), async (operations) => {
      const world: World = { house: [], room: [], shelf: [], box: [] }
      for (const operation of operations) {
        await run(world, operation)
        for (const name of ['box', 'shelf', 'room', 'house']) {
          const entity = release.entity(name)
          const wrong = entity && (await recomputeKept(product.database.sql, release, entity))
          expect(wrong, `${name} after ${JSON.stringify(operation)}`).toEqual([])
        }
      }
    }),
    { numRuns: 25, endOnFailure: true },
  )
}, 60_000)
