import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { library } from '../testing/definitions.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

const person = { email: 'writer@heddle.example', password: 'a long enough password' }
const foreign = 'https://elsewhere.example'

let product: TestProduct
let cookie: string
let article: string

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish(library)
  await product.request('POST', '/api/users', { ...person, name: 'Writer', roles: ['admin'] })
  const answer = await product.visit('/api/auth/sign-in/email', post(person, {}))
  cookie = (answer.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? ''
  article = String((await product.request('POST', '/api/records/article', { title: 'x', kind: 'essay' })).body.id)
})
afterAll(() => product.stop())

const post = (body: object, headers: Record<string, string>, method = 'POST'): RequestInit => {
  const text = JSON.stringify(body)
  return {
    method,
    headers: { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)), ...headers },
    body: text,
  }
}

const create = (headers: Record<string, string>) =>
  product.visit('/api/records/article', post({ title: 'y', kind: 'essay' }, headers))

const count = async () => {
  const [row] = await product.database.sql`select count(*)::int as count from heddle.event`
  return row?.count
}

describe('a change with somebody’s cookie', () => {
  it.each<[string, Record<string, string>, number]>([
    ['from a page of the product', { origin: 'http://localhost', 'sec-fetch-site': 'same-origin' }, 201],
    ['from such a page behind a proxy that ends TLS', { origin: 'https://localhost' }, 201],
    ['from a program that tells of no page', {}, 201],
    ['from a page that an old browser calls foreign', { origin: foreign }, 403],
    ['from a foreign page', { origin: foreign, 'sec-fetch-site': 'cross-site' }, 403],
    ['from a neighbour in the same domain', { origin: 'http://localhost', 'sec-fetch-site': 'same-site' }, 403],
    ['from a foreign form that hides where it stands', { origin: 'null' }, 403],
    ['from another port', { origin: 'http://localhost:8080' }, 403],
  ])('%s', async (_title, headers, status) => {
    const before = await count()
    const answer = await create({ cookie, ...headers })
    expect(answer.status).toBe(status)
    if (status === 201) return
    expect(await answer.json()).toMatchObject({ code: 'auth.foreign' })
    expect(await count()).toBe(before)
  })

  it.each([
    ['PATCH', '/api/records/article/{id}'],
    ['DELETE', '/api/records/article/{id}'],
    ['PUT', '/api/me/views/article'],
    ['POST', '/api/metadata/publish'],
    ['POST', '/api/files'],
    ['POST', '/api/auth/sign-out'],
  ])('is refused by %s %s from elsewhere', async (method, path) => {
    const headers = { cookie, origin: foreign, 'sec-fetch-site': 'cross-site', 'if-match': '*' }
    const answer = await product.visit(path.replace('{id}', article), post({ title: 'z' }, headers, method))
    expect([answer.status, await answer.json()]).toMatchObject([403, { code: 'auth.foreign' }])
  })

  it('is none of a foreign page’s when an API key comes along, which no browser adds by itself', async () => {
    const authorization = `Bearer ${await product.key('admin')}`
    expect((await create({ authorization, origin: foreign })).status).toBe(201)
    expect((await create({ authorization, cookie, origin: foreign, 'sec-fetch-site': 'cross-site' })).status).toBe(201)
  })

  it('can be led up to by a link from elsewhere', async () => {
    const headers = { cookie, 'sec-fetch-site': 'cross-site' }
    expect((await product.visit('/api/me', { headers })).status).toBe(200)
  })
})
