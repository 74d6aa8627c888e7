import type { JsonObject } from '@heddle/metadata'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

const moment = 1_000
const count = 20
const each = <Result>(make: (index: number) => Result) => Array.from({ length: count }, (_, index) => make(index))
const chain = (index: number) => Array.from({ length: 5 }, () => (index === 0 ? 'n' : `f${index - 1}`)).join(' + ')

/** Records that lead to each other by many lookups, with formulas that stand on formulas. */
const node: JsonObject = {
  title: '节点',
  type: 'object',
  required: ['name'],
  properties: {
    name: { title: '名称', 'x-field': { type: 'text' } },
    n: { title: '数', 'x-field': { type: 'integer' } },
    ...Object.fromEntries(
      each((index) => [
        `l${index}`,
        { title: `联系${index}`, 'x-field': { type: 'lookup', entity: 'node', inverse: `i${index}` } },
      ]),
    ),
    ...Object.fromEntries(
      [0, 1, 2, 3].map((index) => [
        `f${index}`,
        { title: `公式${index}`, 'x-field': { type: 'formula', returns: 'number', expression: chain(index) } },
      ]),
    ),
    parts: { title: '部分', 'x-field': { type: 'lines', entity: 'part', by: 'node' } },
  },
  'x-entity': { label: 'name', search: ['name'] },
}
const part: JsonObject = {
  title: '部分',
  type: 'object',
  properties: {
    node: { title: '节点', 'x-field': { type: 'lookup', entity: 'node', master: true } },
    n: { title: '数', 'x-field': { type: 'integer' } },
  },
}

let product: TestProduct

beforeAll(async () => {
  product = await startTestProduct(undefined, { statementMs: 15_000 })
  await product.publish({ 'entity/node': node, 'entity/part': part })
})
afterAll(() => product.stop())

/** Milliseconds and megabytes that an answer took, with its status and code. */
async function costOf(method: string, path: string, body?: object) {
  const heap = process.memoryUsage().heapUsed
  const started = performance.now()
  const answer = await product.request(method, path, body)
  const grown = (process.memoryUsage().heapUsed - heap) / 1024 / 1024
  return { status: answer.status, code: answer.body.code, ms: performance.now() - started, grown }
}

const times = (text: string, count: number, between = ' or ') => Array.from({ length: count }, () => text).join(between)
const lookups = each((index) => `l${index}`)
const inverses = each((index) => `i${index}`)
const longPath = 'l0.l1.n > 1'

describe('a query that would cost much is refused at once, or answered at once:', () => {
  it.each<[string, number, string | undefined, object]>([
    ['many lookups', 200, undefined, { fields: ['name'], include: lookups.map((name) => `${name}(name)`).join() }],
    ['lookups of lookups', 422, 'include.tooWide', { include: lookups.map((name) => `${name}(l0,l1,l2)`).join() }],
    [
      'lookups of each row',
      422,
      'include.tooWide',
      { include: `i0(${lookups.slice(0, 3).join()},l0(l1(${lookups.join()})),l1(${lookups.join()}))` },
    ],
    [
      'some lookups of lookups',
      200,
      undefined,
      {
        fields: ['name'],
        include: lookups
          .slice(0, 10)
          .map((name) => `${name}(l0,l1,l2)`)
          .join(),
      },
    ],
    ['too many names', 400, 'parameter.invalid', { include: times('l0', 101, ',') }],
    ['all that points here', 422, 'query.tooLarge', { include: inverses.join() }],
    ['rows of rows of rows', 422, 'include.tooWide', { include: 'i0(i0(i0))' }],
    [
      'rows of rows, many times',
      422,
      'include.tooWide',
      { limit: 200, include: inverses.map((i) => `${i}(i0)`).join() },
    ],
    ['deeper than relations go', 400, 'parameter.invalid', { include: 'l0(l0(l0(l0(l0))))' }],
    ['formulas of formulas', 422, 'query.tooLarge', { where: times('f3 > 1', 200) }],
    ['formulas far away', 422, 'query.tooLarge', { where: times('l0.l1.f3 > 1', 120) }],
    ['formulas of each line', 422, 'query.tooLarge', { where: times('(some a in parts satisfies a.node.f3 > 1)', 40) }],
    ['long paths', 200, undefined, { fields: ['name'], where: times(longPath, 120) }],
    ['many quantifiers', 200, undefined, { fields: ['name'], where: times('(some a in parts satisfies a.n > 1)', 40) }],
    [
      'functions in functions',
      200,
      undefined,
      { fields: ['name'], where: `${times('abs(', 38, '')}n${times(')', 38, '')} > 1` },
    ],
    [
      'nested quantifiers',
      422,
      'where.invalid',
      { where: 'some a in parts satisfies some b in parts satisfies a.n > b.n' },
    ],
    ['a long text', 400, 'where.malformed', { where: times(longPath, 200) }],
    ['brackets', 400, 'where.malformed', { where: `${times('(', 900, '')}n${times(')', 900, '')} = 1` }],
    [
      'a wide tree',
      400,
      'where.malformed',
      { where: { all: each(() => ({ any: each(() => ({ field: 'n', op: '=', value: 1 })) })) } },
    ],
    ['sort keys', 400, 'parameter.invalid', { sort: times('n', 21, ',') }],
    ['names of fields', 400, 'parameter.invalid', { fields: times('n', 1001, ',') }],
    ['words', 400, 'parameter.invalid', { search: times('a', 100_000, ' ') }],
  ])('%s', async (_title, status, code, body) => {
    const cost = await costOf('POST', '/api/records/node/query', body)
    expect(cost).toMatchObject({ status, code })
    expect(cost.ms).toBeLessThan(moment)
    expect(cost.grown).toBeLessThan(64)
  })

  it.each<[string, number, string, string]>([
    ['conditions on formulas', 422, 'query.tooLarge', `/api/records/node?${times('f3=1', 100, '&')}`],
    ['parameters', 400, 'parameter.invalid', `/api/records/node?${times('n=1', 101, '&')}`],
    ['eight thousand characters', 414, 'address.tooLong', `/api/records/node?name=${times('a', 8_000, '')}`],
  ])('%s in an address', async (_title, status, code, path) => {
    const cost = await costOf('GET', path)
    expect(cost).toMatchObject({ status, code })
    expect(cost.ms).toBeLessThan(moment)
  })

  it.each<[string, number, string, object]>([
    ['groups by formulas', 422, 'query.tooLarge', { groupBy: ['f0', 'f1', 'f2', 'f3'], measures: measuresOf(20) }],
    ['measures', 400, 'parameter.invalid', { measures: measuresOf(21) }],
    ['groups', 400, 'parameter.invalid', { groupBy: ['n', 'name', 'f0', 'f1', 'f2', 'f3'] }],
  ])('%s of an aggregate', async (_title, status, code, body) => {
    const cost = await costOf('POST', '/api/records/node/aggregate', body)
    expect(cost).toMatchObject({ status, code })
    expect(cost.ms).toBeLessThan(moment)
  })

  it('tells the limit', async () => {
    const answer = await product.request('POST', '/api/records/node/query', { include: 'i0(i0(i0))' })
    expect(answer.body).toMatchObject({ limit: 600_000, errors: [{ path: '/include', code: 'include.tooWide' }] })
  })
})

it('formulas that stand on formulas are still told right', async () => {
  await product.request('POST', '/api/records/node', { name: 'x', n: 2 })
  const { body } = await product.request('POST', '/api/records/node/query', { where: 'f3 = 2 * 5 * 5 * 5 * 5' })
  expect(body.items).toMatchObject([{ f0: 10, f1: 50, f2: 250, f3: 1250 }])
})

function measuresOf(count: number) {
  return Array.from({ length: count }, () => ({ sum: 'f3' }))
}
