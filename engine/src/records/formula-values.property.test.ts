import { type JsonObject, recordContext } from '@heddle/metadata'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestProduct, type TestProduct } from '../testing/product.ts'
import { clockOf } from './clock.ts'

const seed = 20_240_331
const count = 80

let product: TestProduct

beforeAll(async () => {
  product = await startTestProduct()
})
afterAll(() => product.stop())

const field = (type: string, settings: JsonObject = {}): JsonObject => ({ 'x-field': { type, ...settings } })

/** Arithmetic over written fields and the formulas before this one. */
function expressions(names: readonly string[]): fc.Arbitrary<string> {
  const leaf = fc.oneof(fc.constantFrom(...names), fc.constantFrom('2', '0.125', '7', '-3.005'))
  return fc.letrec<{ tree: string }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 2 },
      leaf,
      fc
        .tuple(tie('tree'), fc.constantFrom('+', '-', '*', '/'), tie('tree'))
        .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    ),
  })).tree
}

const shapes = fc.record({
  returns: fc.constantFrom('number', 'integer', 'money', 'percent', 'measure'),
  scale: fc.integer({ min: 0, max: 4 }),
  stored: fc.boolean(),
})

/** Formulas `f0…` that read the fields and each other. */
function formulas(): JsonObject {
  const written = ['a', 'b', 'c']
  const made: JsonObject = {}
  for (const [index, { returns, scale, stored }] of fc.sample(shapes, { numRuns: count, seed }).entries()) {
    const names = [...written, ...Object.keys(made).slice(-4)]
    const [expression = '1'] = fc.sample(expressions(names), { numRuns: 1, seed: seed + index })
    const places: JsonObject = returns === 'integer' ? {} : { scale }
    const unit: JsonObject = returns === 'measure' ? { unit: 'g' } : {}
    made[`f${index}`] = field('formula', { returns, expression, stored, ...places, ...unit })
  }
  return made
}

const cents = (places: number) => fc.option(fc.integer({ min: -9999, max: 9999 }).map((value) => value / 10 ** places))
const rows = fc.record({ a: cents(2), b: cents(0), c: cents(4) })

test('a formula in memory has the value that the database keeps or works out, rounded to its scale', async () => {
  const own = { a: field('number', { scale: 2 }), b: field('integer'), c: field('number', { scale: 4 }) }
  await product.publish({ 'entity/item': { title: '物', type: 'object', properties: { ...own, ...formulas() } } })
  const { release } = product.live
  const entity = release.entity('item')
  if (entity === undefined) throw new Error('It is published.')
  let compared = 0
  for (const row of fc.sample(rows, { numRuns: 60, seed })) {
    const { body } = await product.request('POST', '/api/records/item', row)
    const context = recordContext(release, entity, row, { clock: clockOf(release) })
    for (let index = 0; index < count; index++) {
      const name = `f${index}`
      const shown = entity.fields.get(name)?.settings.expression
      expect(context[name], `${name}: ${shown} of ${JSON.stringify(row)}`).toBe(body[name])
      if (typeof body[name] === 'number') compared++
    }
  }
  expect(compared).toBeGreaterThan(2000)
}, 60_000)
