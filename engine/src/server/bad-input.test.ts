import { asObject } from '@heddle/metadata'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { library } from '../testing/definitions.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

let product: TestProduct
let before: string

/** Everything that a request could have changed. */
const traces = async () => {
  const [row] = await product.database.sql`
    select (select max(id) from heddle.event)::text || '/' || (select count(*) from heddle.draft) || '/' ||
      (select count(*) from heddle.view_setting) || '/' || (select count(*) from heddle.user) || '/' ||
      (select count(*) from heddle.department) || '/' || (select count(*) from heddle.comment) as traces`
  return String(row?.traces)
}

const note = { title: '便条', type: 'object', properties: { data: { 'x-field': { type: 'json' } } } }
let record: string
beforeAll(async () => {
  product = await startTestProduct()
  await product.publish({ ...library, 'entity/note': note })
  record = String((await product.request('POST', '/api/records/article', { title: 'x', kind: 'essay' })).body.id)
})
afterAll(() => product.stop())
beforeEach(async () => {
  before = await traces()
})
afterEach(async () => expect(await traces()).toBe(before))

/** Every route that takes a body, with one that would do. */
const bodies: [string, string, object][] = [
  ['POST', '/api/records/article', { title: 'x', kind: 'essay' }],
  ['PATCH', '/api/records/article/{id}', { title: 'y' }],
  ['POST', '/api/records/article/query', { search: 'x' }],
  ['POST', '/api/records/article/aggregate', { groupBy: ['kind'] }],
  ['POST', '/api/records/article/batch', { mode: 'all', operations: [{ op: 'create', data: { title: 'x' } }] }],
  ['POST', '/api/records/article/{id}/comments', { text: 'x' }],
  ['PUT', '/api/me/views/article', { columns: ['title'] }],
  ['POST', '/api/users', { email: 'a@b.example', name: 'x' }],
  ['POST', '/api/departments', { name: 'x' }],
  ['PUT', '/api/metadata/draft/entity/x_a', { body: { title: 'x' } }],
  ['POST', '/api/metadata/plan', { only: ['entity/x_a'] }],
  ['POST', '/api/metadata/publish', { planHash: 'x' }],
  ['POST', '/api/metadata/purge', { address: 'x' }],
  ['POST', '/api/auth/sign-in/email', { email: 'a@b.example', password: 'x' }],
]

const send = (method: string, path: string, body: string | Uint8Array<ArrayBuffer>) =>
  product.send(path.replace('{id}', record), {
    method,
    headers: { 'content-type': 'application/json', 'if-match': '*', 'content-length': String(Buffer.byteLength(body)) },
    body,
  })

describe.each(bodies)('%s %s', (method, path, good) => {
  const written = JSON.stringify(good)
  const deep = `{"a":${'['.repeat(40)}${']'.repeat(40)}}`
  it.each<[string, string | Uint8Array<ArrayBuffer>, number, string, string?]>([
    ['half of it', written.slice(0, -1), 400, 'body.malformed'],
    [
      'bytes that are no UTF-8',
      Uint8Array.from([...Buffer.from(written.slice(0, -1)), 0xff, 0x7d]),
      400,
      'body.malformed',
    ],
    ['ten megabytes', `"${'x'.repeat(10 * 1024 * 1024)}"`, 413, 'body.tooLarge'],
    ['deep JSON', deep, 400, 'body.tooDeep', `/a${'/0'.repeat(31)}`],
    ['a NUL', written.replace('{', '{"a":["\\u0000"],'), 400, 'body.unusable', '/a/0'],
    ['half a character in a name', written.replace('{', '{"\\ud800":1,'), 400, 'body.unusable', '/\ud800'],
    ['a number beyond all numbers', written.replace('{', '{"n":1e999,'), 400, 'body.unusable', '/n'],
  ])('refuses %s', async (_title, body, status, code, at) => {
    const answer = await send(method, path, body)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    const problem = asObject(await answer.json())
    expect(problem).toMatchObject({ status, code, requestId: expect.any(String) })
    if (at !== undefined) expect(problem.errors).toMatchObject([{ path: at }])
    expect(problem.detail).not.toMatch(/\.(ts|mjs):\d+/)
  })
})

// A plan of everything needs no body, and personal settings may be called anything.
describe.each(bodies.filter(([, path]) => !path.endsWith('/plan')))('%s %s', (method, path) => {
  it('refuses an empty body', async () => {
    expect(await (await send(method, path, '')).json()).toMatchObject({ status: 400, code: 'body.malformed' })
  })
})

describe.each(bodies.filter(([, path]) => !path.includes('/views/')))('%s %s', (method, path, good) => {
  it('refuses the properties of every object', async () => {
    const body = JSON.stringify(good).replace('{', '{"__proto__":{"x":1},"constructor":{"prototype":1},')
    const answer = await send(method, path, body)
    expect([400, 422]).toContain(answer.status)
    expect({}).not.toHaveProperty('x')
  })
})

/** Places for words in addresses, with what is found there. */
const places: [string, number][] = [
  ['/api/records/{word}', 404],
  ['/api/records/article/{word}', 404],
  ['/api/records/article/{word}/history', 404],
  ['/api/records/article?{word}=1', 422],
  ['/api/records/article?sort={word}', 422],
  ['/api/records/article?fields={word}', 422],
  ['/api/records/article?include={word}', 422],
  ['/api/records/article?kind={word}', 400],
  ['/api/records/article?after={word}', 400],
  ['/api/records/article?limit={word}', 400],
  ['/api/records/article/{id}/history?after={word}', 400],
  ['/api/metadata/{word}/article', 404],
  ['/api/metadata/entity/{word}', 404],
  ['/api/metadata/entity/{word}/schema', 404],
  ['/api/metadata/releases/{word}/diff/1', 404],
  ['/api/metadata?kinds={word}', 400],
  ['/api/me/views/{word}', 404],
  ['/api/files/{word}', 404],
  ['/api/search?limit={word}&q=x', 400],
]

describe.each(places)('GET %s', (path, status) => {
  const forged = Buffer.from('["newest","x"]').toString('base64url')
  it.each(["x' or 1=1;--", '__proto__', 'constructor', '-1', '1e999', '99999999999999999999', '﷽'.repeat(80), forged])(
    'finds nothing at “%s”',
    async (word) => {
      const answer = await product.send(path.replace('{id}', record).replace('{word}', encodeURIComponent(word)))
      const problem = await answer.json()
      // Two brackets or a comma in a list of names are no names at all.
      expect([status, 400]).toContain(answer.status)
      expect(problem).toMatchObject({ status: answer.status, code: expect.any(String), detail: expect.any(String) })
    },
  )

  it.each(['%ff', '%00', '%ed%a0%80', '%'])('refuses %s, which is no text', async (word) => {
    const answer = await product.send(path.replace('{id}', record).replace('{word}', word))
    expect(await answer.json()).toMatchObject({ status: 400, code: 'parameter.invalid' })
  })
})

it('a number that JSON can say and nothing can keep does not become null in a JSON field', async () => {
  const answer = await product.request('POST', '/api/records/note', '{"data":{"a":[1e999]}}')
  expect(answer).toMatchObject({ status: 400, body: { code: 'body.unusable', errors: [{ path: '/data/a/0' }] } })
})
