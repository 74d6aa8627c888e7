import { asObject } from '@heddle/metadata'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startTestProduct, type TestProduct } from '../testing/product.ts'
import { addTestPerson, cookiesOf, jsonOf, signInAs, type TestPerson } from '../testing/signed-in.ts'
import { browserName } from './browser-name.ts'

let product: TestProduct
let person: TestPerson
const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36'

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish({ 'role/reader': { title: 'Reader', entities: {} } })
  person = await addTestPerson(product, 'one')
})
afterAll(() => product.stop())

const ask = (method: string, path: string, cookie: string) => product.visit(path, { method, headers: { cookie } })
const sessionsOf = async (cookie: string) => {
  const { items } = await jsonOf(await ask('GET', '/api/me/sessions', cookie))
  return Array.isArray(items) ? items.map(asObject) : []
}
const currentOf = async (cookie: string) => asObject((await sessionsOf(cookie)).find(({ current }) => current === true))

test('a person sees where they are signed in: since when, from where, with what, and which one asks', async () => {
  const headers = { 'content-type': 'application/json', 'user-agent': chrome, 'x-forwarded-for': '198.51.100.7' }
  const body = JSON.stringify({ email: person.email, password: person.password })
  const answer = await product.visit('/api/auth/sign-in/email', { method: 'POST', headers, body }, '::ffff:192.0.2.9')
  const cookie = cookiesOf(answer)
  await signInAs(product, person)
  expect(await sessionsOf(cookie)).toHaveLength(2)
  const current = await currentOf(cookie)
  expect(current).toMatchObject({ browser: 'Chrome 131 · Windows', address: '192.0.2.9' })
  expect(Date.parse(String(current.since))).toBeGreaterThan(Date.now() - 60_000)
  expect(Object.keys(current).sort()).toEqual(['address', 'browser', 'current', 'id', 'seenAt', 'since'])
})

test('a session that is ended is over at once, and only one’s own can be', async () => {
  const [mine, other] = [await signInAs(product, person), await signInAs(product, person)]
  const stranger = await signInAs(product, await addTestPerson(product, 'stranger'))
  const { id } = await currentOf(other)
  expect((await ask('DELETE', `/api/me/sessions/${id}`, stranger)).status).toBe(404)
  expect((await ask('DELETE', '/api/me/sessions/nonsense', mine)).status).toBe(404)
  expect((await ask('GET', '/api/me', other)).status).toBe(200)
  expect((await ask('DELETE', `/api/me/sessions/${id}`, mine)).status).toBe(204)
  expect((await ask('GET', '/api/me', other)).status).toBe(401)
  expect((await ask('DELETE', `/api/me/sessions/${id}`, mine)).status).toBe(404)
  expect((await ask('GET', '/api/me', mine)).status).toBe(200)
})

test('all other sessions end at once', async () => {
  const [mine, other] = [await signInAs(product, person), await signInAs(product, person)]
  expect((await ask('GET', '/api/me', other)).status).toBe(200)
  expect((await ask('DELETE', '/api/me/sessions', mine)).status).toBe(204)
  expect((await ask('GET', '/api/me', other)).status).toBe(401)
  expect(await sessionsOf(mine)).toMatchObject([{ current: true }])
})

test('administrators see and end the sessions of a person, others do not', async () => {
  const subject = await addTestPerson(product, 'subject')
  const cookie = await signInAs(product, subject)
  const path = `/api/users/${subject.id}/sessions`
  expect(await product.request('GET', path)).toMatchObject({ status: 200, body: { items: [{ current: false }] } })
  const key = await product.key('reader')
  for (const method of ['GET', 'DELETE']) {
    expect((await product.request(method, path, undefined, { key })).status).toBe(403)
    expect((await product.request(method, path.replace(subject.id, person.id.replace(/^./, 'f')))).status).toBe(404)
  }
  expect((await product.request('DELETE', path)).status).toBe(204)
  expect((await ask('GET', '/api/me', cookie)).status).toBe(401)
})

test('an API key has no sessions and no password', async () => {
  expect(await product.request('GET', '/api/me/sessions')).toMatchObject({ status: 403 })
  const body = { current: 'a', password: 'a long password' }
  expect(await product.request('POST', '/api/me/password', body)).toMatchObject({ status: 403 })
})

test('when a session was seen last is noted', async () => {
  const cookie = await signInAs(product, await addTestPerson(product, 'seen'))
  const { id } = await currentOf(cookie)
  const read = () => product.database.sql`select 1 from heddle.session where id = ${String(id)} and seen_at is not null`
  await vi.waitFor(async () => expect(await read()).toHaveLength(1))
})

test.each([
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    'Safari 18 · iPhone',
  ],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:133.0) Gecko/20100101 Firefox/133.0', 'Firefox 133 · macOS'],
  [
    'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36 Edg/131.0',
    'Edge 131 · Windows',
  ],
  [
    'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0',
    'WeChat 8 · Android',
  ],
  ['curl/8.5.0', 'curl 8'],
  ['', null],
  [null, null],
  ['<script>alert(1)</script>', null],
])('“%s” is called %s', (userAgent, name) => {
  expect(browserName(userAgent)).toBe(name)
})
