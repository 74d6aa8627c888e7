import { asObject, asText, type JsonObject } from '@heddle/metadata'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { library } from '../testing/definitions.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

const moment = 1_000
const seed = 20_261
/** How many payloads each parameter gets, of all. */
const tries = 10

const payloads = [
  "'; drop table heddle.event; --",
  "x' or '1'='1",
  '" union select secret from heddle.session --',
  '$1::text',
  '\\x00',
  'pg_sleep(10)',
  'title = "" or (select 1) = 1',
  'for x in 1..100000000 return x',
  'some a in sections satisfies a.pages > 0',
  'user.roles[1]',
  '((((((((((',
  'matches(title, "(a+)+$")',
  '{"all":[{"field":"title","op":"=","value":{"$ne":1}}]}',
  '__proto__',
  'constructor.prototype',
  '../../../etc/passwd',
  '..%2f..%2fetc%2fpasswd',
  '{{7*7}}',
  '<script>alert(1)</script>',
  'a\r\nset-cookie: x=1',
  '\u202Egnp.exe',
  '-1',
  '1e400',
  'NaN',
  '99999999999999999999',
  '0190f300-0000-7000-8000-000000000000',
  '-,-,-,',
  'a(b(c(d(e(f)))))',
  '*',
  '%',
  '﷽'.repeat(60),
  'ü'.repeat(500),
]

interface Target {
  readonly method: string
  readonly path: string
  readonly parameter: { readonly name: string; readonly in: string }
}

let product: TestProduct
let targets: readonly Target[]
let article: string

beforeAll(async () => {
  product = await startTestProduct(undefined, { statementMs: 15_000 })
  await product.publish(library)
  article = String((await product.request('POST', '/api/records/article', { title: 'x', kind: 'essay' })).body.id)
  const { body } = await product.request('GET', '/api/openapi.json')
  targets = targetsOf(body)
})
afterAll(() => product.stop())

/** Every parameter of every operation, and some headers that all take. Streams never end. */
function targetsOf(document: JsonObject): Target[] {
  const shared = asObject(asObject(document.components).parameters)
  return Object.entries(asObject(document.paths)).flatMap(([path, methods]) =>
    Object.entries(asObject(methods)).flatMap(([method, operation]) => {
      const named = asObject(operation).parameters
      const parameters = (Array.isArray(named) ? named.map(asObject) : []).map((each) =>
        asObject(shared[asText(each.$ref)?.split('/').at(-1) ?? ''] ?? each),
      )
      const own = parameters.map(({ name, in: place }) => ({ name: String(name), in: String(place) }))
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({ name, in: 'path' }))
      const all = [...own, ...inPath.filter((each) => !own.some(({ name }) => name === each.name)), ...headers]
      return path === '/api/events' ? [] : all.map((parameter) => ({ method: method.toUpperCase(), path, parameter }))
    }),
  )
}

const headers = ['x-request-id', 'accept-language', 'if-match', 'idempotency-key', 'x-forwarded-for', 'range'].map(
  (name) => ({ name, in: 'header' }),
)

/** Numbers from 0 to 1 in an order that is the same each time. */
function createRandom(start: number): () => number {
  let state = start
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

async function attack({ method, path, parameter }: Target, payload: string) {
  const placed = path
    .replace(`{${parameter.name}}`, encodeURIComponent(payload))
    .replace('{id}', article)
    .replaceAll(/\{\w+\}/g, 'article')
  const query = parameter.in === 'query' ? `?${parameter.name}=${encodeURIComponent(payload)}` : ''
  // What no header can hold never comes this far.
  const held = payload.replaceAll(/[^\x20-\x7e]/g, '').trim()
  const header: Record<string, string> = parameter.in === 'header' ? { [parameter.name]: held } : {}
  const hasBody = method !== 'GET' && method !== 'DELETE'
  const started = performance.now()
  const answer = await product.send(`${placed}${query}`, {
    method,
    headers: { 'content-type': 'application/json', ...header },
    ...(hasBody ? { body: bodyWith(payload) } : {}),
  })
  return { answer, text: await answer.text(), ms: performance.now() - started }
}

/** Whatever a body can hold as text. */
function bodyWith(payload: string): string {
  return JSON.stringify({
    where: payload,
    title: payload,
    kind: payload,
    name: payload,
    text: payload,
    planHash: payload,
  })
}

const traces = async () => {
  const tables = ['event', 'draft', 'release', 'view_setting', '"user"', 'department', 'comment', 'file', 'api_key']
  const counts = tables.map((table) => `(select count(*) from heddle.${table})`).join(` || '/' || `)
  const [row] = await product.database.sql.unsafe(
    `select ${counts} || (select string_agg(t::text, '' order by id) from app.article t) as traces`,
  )
  return String(row?.traces)
}

const reads = ({ method, path }: Target) => method === 'GET' || /\/(query|aggregate|plan)$/.test(path)

describe.each([
  ['reads', true],
  ['writes', false],
])('whatever stands in a parameter of %s', (_title, isRead) => {
  it('is answered at once without a failure', async () => {
    const random = createRandom(seed)
    const before = await traces()
    const chosen = targets.filter((target) => reads(target) === isRead)
    expect(chosen.length * tries).toBeGreaterThan(200)
    for (const target of chosen) {
      for (let turn = 0; turn < tries; turn++) {
        const payload = payloads[Math.floor(random() * payloads.length)] ?? ''
        const { answer, text, ms } = await attack(target, payload)
        const told = `${target.method} ${target.path} ${target.parameter.name}=${payload}: ${answer.status}`
        expect(answer.status, told).toBeLessThan(500)
        expect(ms, told).toBeLessThan(moment)
        expect(text, told).not.toMatch(/\.(ts|mjs|js):\d+|node_modules|heddle\.\w+" does not/)
        expect(answer.headers.get('set-cookie') ?? '', told).not.toContain('x=1')
      }
    }
    if (isRead) expect(await traces()).toBe(before)
  })
})
