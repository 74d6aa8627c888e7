import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { connect, type Database } from '../storage/connect.ts'
import { library } from '../testing/definitions.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'
import { addTestPerson, jsonOf, signInAs } from '../testing/signed-in.ts'
import { createApiKey, revokeApiKey } from './api-keys.ts'
import { createAuth } from './auth.ts'
import { createActorResolver } from './resolve-actor.ts'

let product: TestProduct
let pool: Database

beforeAll(async () => {
  product = await startTestProduct()
  pool = connect(product.database.url, { max: 1 })
  await product.publish({
    ...library,
    'role/writer': { title: 'Writer', entities: { article: { verbs: { read: 'all', create: 'all', update: 'all' } } } },
  })
})
afterAll(async () => {
  await pool.end()
  await product.stop()
})

const make = (body: object) =>
  product.request('POST', '/api/api-keys', { name: 'A program', roles: ['writer'], ...body })
const articles = (key: string, method = 'GET') =>
  product.request(method, '/api/records/article', method === 'GET' ? undefined : { title: 'x', kind: 'essay' }, { key })

describe('an API key', () => {
  test('is told once, then listed without its secret', async () => {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString()
    const made = await make({ scopes: { article: ['read'] }, expiresAt })
    const { key, ...told } = made.body
    expect(made.status).toBe(201)
    expect(told).toMatchObject({ name: 'A program', roles: ['writer'], scopes: { article: ['read'] }, expiresAt })
    expect(String(key).startsWith(String(told.prefix))).toBe(true)
    const listed = await product.request('GET', '/api/api-keys')
    expect(listed.body.items).toContainEqual(told)
    expect(JSON.stringify(listed.body)).not.toContain(String(key))
  })

  test('names the person who made it', async () => {
    const boss = await addTestPerson(product, 'boss', ['admin'])
    const headers = {
      cookie: await signInAs(product, boss),
      'content-type': 'application/json',
      origin: 'http://localhost',
    }
    const body = JSON.stringify({ name: 'x', roles: ['writer'] })
    const made = await jsonOf(await product.visit('/api/api-keys', { method: 'POST', headers, body }))
    expect(made.createdBy).toEqual({ id: boss.id, name: 'boss' })
  })

  test('stops at once when it is revoked', async () => {
    const { body } = await make({})
    const key = String(body.key)
    expect((await articles(key)).status).toBe(200)
    expect((await product.request('DELETE', `/api/api-keys/${body.id}`)).status).toBe(204)
    expect((await articles(key)).status).toBe(401)
    expect(await product.request('DELETE', `/api/api-keys/${body.id}`)).toMatchObject({ status: 404 })
    const { items } = (await product.request('GET', '/api/api-keys')).body
    expect(JSON.stringify(items)).not.toContain(String(body.id))
  })

  test('stops as it expires, although it is in use', async () => {
    const { body } = await make({ expiresAt: new Date(Date.now() + 700).toISOString() })
    expect((await articles(String(body.key))).status).toBe(200)
    await vi.waitFor(async () => expect((await articles(String(body.key))).status).toBe(401), 3_000)
  })

  test('is a matter of administrators', async () => {
    const key = await product.key('writer')
    for (const [method, path] of [
      ['GET', ''],
      ['POST', ''],
      ['DELETE', '/x'],
    ] as const) {
      const body = method === 'POST' ? { name: 'x', roles: ['admin'] } : undefined
      expect(await product.request(method, `/api/api-keys${path}`, body, { key })).toMatchObject({ status: 403 })
    }
    expect(await product.request('DELETE', '/api/api-keys/nonsense')).toMatchObject({ status: 404 })
  })

  test.each([
    ['no role', { roles: [] }, '/roles'],
    ['a role that there is not', { roles: ['wirter'] }, '/roles/0'],
    ['a blank name', { name: ' ' }, '/name'],
    ['an expiry that is over', { expiresAt: '2020-01-01T00:00:00Z' }, '/expiresAt'],
    ['an expiry that is no moment', { expiresAt: 'tomorrow' }, '/expiresAt'],
    ['a scope of an entity that there is not', { scopes: { artikle: ['read'] } }, '/scopes/artikle'],
    ['a scope of a verb that there is not', { scopes: { article: ['raed'] } }, '/scopes/article/0'],
    ['a scope beyond the roles', { scopes: { article: ['read', 'delete'] } }, '/scopes/article/1'],
    ['what it does not know', { owner: 'x' }, '/owner'],
  ])('is refused with %s', async (_title, body, path) => {
    expect(await make(body)).toMatchObject({ status: 422, body: { errors: [{ path }] } })
  })
})

describe('scopes of an API key', () => {
  test('limit it to some verbs of its roles', async () => {
    const key = String((await make({ scopes: { article: ['read'] } })).body.key)
    const whole = String((await make({})).body.key)
    for (let round = 0; round < 2; round++) {
      expect((await articles(whole, 'POST')).status).toBe(201)
      expect((await articles(key)).status).toBe(200)
      expect((await articles(key, 'POST')).status).toBe(403)
    }
    expect((await product.request('GET', '/api/me', undefined, { key })).body.verbs).toMatchObject({
      article: ['read'],
    })
  })

  test('limit an administrator’s key as well, and leave it no right over the product', async () => {
    const key = String((await make({ roles: ['admin'], scopes: { '*': ['read'], author: [] } })).body.key)
    expect((await articles(key)).status).toBe(200)
    expect((await articles(key, 'POST')).status).toBe(403)
    expect((await product.request('GET', '/api/records/author', undefined, { key })).status).toBe(403)
    const { body } = await product.request('GET', '/api/records/article?include=author', undefined, { key })
    expect(JSON.stringify(body)).not.toContain('"label"')
    for (const path of ['/api/api-keys', '/api/metadata/draft']) {
      expect(await product.request('GET', path, undefined, { key }), path).toMatchObject({ status: 403 })
    }
  })

  test('give nothing that a role has lost', async () => {
    const key = String((await make({ scopes: { '*': ['read', 'delete'] } })).body.key)
    const { body } = await product.request('POST', '/api/records/article', { title: 'kept', kind: 'essay' })
    const headers = { 'if-match': '*' }
    const path = `/api/records/article/${body.id}`
    expect((await product.request('DELETE', path, undefined, { key, headers })).status).toBe(403)
  })

  test('are a part of what lists and documents are remembered by', async () => {
    const scoped = String((await make({ scopes: { article: [] } })).body.key)
    const whole = String((await make({})).body.key)
    const read = (key: string, path: string) => product.request('GET', path, undefined, { key })
    for (const path of ['/api/openapi.json', '/api/metadata?bodies=true']) {
      const [first, second] = [await read(whole, path), await read(scoped, path)]
      expect(JSON.stringify(first.body), path).toContain('article')
      expect(JSON.stringify(second.body), path).not.toContain('entity/article"')
      expect(second.body, path).not.toEqual(first.body)
      expect(second.headers.get('etag') ?? 'none').not.toBe(first.headers.get('etag'))
    }
  })
})

describe('what is remembered of an API key', () => {
  const resolverOf = (secret: string) => {
    const resolver = createActorResolver(product.database.sql, createAuth(pool, { secret: 'x'.repeat(40) }))
    const headers = new Headers({ authorization: `Bearer ${secret}` })
    return { clear: () => resolver.clear(), resolve: () => resolver.resolve(headers) }
  }
  const newKey = () => createApiKey(product.database.sql, { name: 'x', roles: ['writer'] })

  test('is not what was read while it was revoked', async () => {
    const secret = await newKey()
    const { clear, resolve } = resolverOf(secret)
    const reading = resolve()
    clear()
    expect(await reading).toMatchObject({ kind: 'key' })
    await product.database.sql`update heddle.api_key set revoked_at = now() where prefix = ${secret.slice(0, 8)}`
    expect(await resolve()).toBeUndefined()
  })

  test('says when it was used last, to the minute', async () => {
    const secret = await newKey()
    const { sql } = product.database
    const { clear, resolve } = resolverOf(secret)
    const prefix = secret.slice(0, 8)
    const usedAt = async () => (await sql`select id, used_at from heddle.api_key where prefix = ${prefix}`)[0]?.used_at
    expect(await usedAt()).toBeNull()
    await resolve()
    await vi.waitFor(async () => expect(await usedAt()).not.toBeNull())
    const first = await usedAt()
    clear()
    await resolve()
    await sql`select pg_sleep(0.1)`
    expect(await usedAt()).toEqual(first)
    await sql`update heddle.api_key set used_at = used_at - interval '2 minutes' where prefix = ${prefix}`
    clear()
    await resolve()
    await vi.waitFor(async () => expect((await usedAt()).getTime()).toBeGreaterThanOrEqual(first.getTime()))
  })

  test('is nothing once it is revoked', async () => {
    const secret = await newKey()
    const [row] = await product.database.sql<{ id: string }[]>`
      select id from heddle.api_key where prefix = ${secret.slice(0, 8)}`
    expect(await revokeApiKey(product.database.sql, String(row?.id))).toBe(true)
    expect(await resolverOf(secret).resolve()).toBeUndefined()
  })
})
