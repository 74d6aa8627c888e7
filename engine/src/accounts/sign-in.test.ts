import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { Fault } from '../errors.ts'
import { startTestProduct, type TestProduct, trustedProxy } from '../testing/product.ts'
import { createGuard, createSignInLimit } from './sign-in-limit.ts'
import { createUser } from './users.ts'

const password = 'the right password'
let product: TestProduct

beforeAll(async () => {
  product = await startTestProduct()
  for (const name of ['one', 'two', 'three', 'four', 'unhurried']) {
    await createUser(product.database.sql, { email: `${name}@heddle.example`, name, password, roles: [] })
  }
})
afterAll(() => product.stop())

const signIn = (name: string, tried: string) =>
  product.request('POST', '/api/auth/sign-in/email', { email: `${name}@heddle.example`, password: tried })

test('after ten wrong passwords the right one has to wait too, and others do not', async () => {
  for (let attempt = 0; attempt < 10; attempt++) expect((await signIn('one', 'a wrong password')).status).toBe(401)
  const refused = await signIn('one', password)
  expect(refused).toMatchObject({ status: 429, body: { code: 'auth.limited' } })
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(200)
  expect((await signIn('two', password)).status).toBe(200)
})

test.each([
  ['broken JSON', '{"email":', 400],
  ['a body that is too large', JSON.stringify({ email: 'x'.repeat(5_000_000) }), 413],
  ['a body that is no sign-in', '[]', 422],
  ['an e-mail that nobody has', JSON.stringify({ email: `${'x'.repeat(250)}@b.example`, password }), 422],
])('%s opens nothing', async (_title, body, status) => {
  expect((await product.request('POST', '/api/auth/sign-in/email', body)).status).toBe(status)
})

test('a disabled person is refused as with a wrong password, and gets no session', async () => {
  const id = await createUser(product.database.sql, { email: 'gone@heddle.example', name: 'x', password, roles: [] })
  expect(await product.request('PATCH', `/api/users/${id}`, { disabled: true })).toMatchObject({ status: 200 })
  const refused = await signIn('gone', password)
  expect(refused).toMatchObject({ status: 401, body: { code: 'auth.wrong' } })
  expect(refused.headers.get('set-cookie')).toBeNull()
  expect(await product.database.sql`select 1 from heddle.session where user_id = ${id}`).toEqual([])
  const wrong = await signIn('gone', 'a wrong password')
  expect({ ...refused.body, requestId: '' }).toEqual({ ...wrong.body, requestId: '' })
})

test('actors are forgotten when somebody signs out, not when a stranger knocks', async () => {
  const heard: string[] = []
  const listening = await product.database.sql.listen('heddle_actors', () => heard.push('forget'))
  const post = (path: string, headers: Record<string, string>) =>
    product.visit(`/api/auth${path}`, { method: 'POST', headers: { origin: 'http://localhost', ...headers } })
  await post('/nothing', {})
  await post('/sign-out', {})
  await post('/sign-out', { cookie: 'heddle.session_token=invented' })
  const cookie = (await signIn('two', password)).headers.get('set-cookie')?.split(';')[0] ?? ''
  expect((await product.visit('/api/me', { headers: { cookie } })).status).toBe(200)
  await product.database.sql`select pg_sleep(0.2)`
  expect(heard).toEqual([])
  expect((await post('/sign-out', { cookie })).status).toBe(200)
  await vi.waitFor(() => expect(heard).toEqual(['forget']))
  expect((await product.visit('/api/me', { headers: { cookie } })).status).toBe(401)
  await listening.unlisten()
})

test('no route of sign-in takes a body that is too large', async () => {
  const body = JSON.stringify({ name: 'x'.repeat(5_000_000) })
  expect(await product.request('POST', '/api/auth/update-user', body)).toMatchObject({ status: 413 })
  const stream = new Blob([body]).stream()
  const init: RequestInit = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: stream,
    duplex: 'half',
  }
  expect((await product.visit('/api/auth/update-user', init)).status).toBe(413)
})

test('guesses at the same time are as few as one after the other', async () => {
  const answers = await Promise.all(Array.from({ length: 25 }, () => signIn('three', 'a wrong password')))
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(10)
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(15)
})

test('behind the trusted proxy every client is counted for itself, and nobody can lie about where he is', async () => {
  const from = async (hops: string, tried = 'a wrong password', peer = `::ffff:${trustedProxy}`) => {
    const body = JSON.stringify({ email: 'four@heddle.example', password: tried })
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': hops }
    return (await product.visit('/api/auth/sign-in/email', { method: 'POST', headers, body }, peer)).status
  }
  for (let attempt = 0; attempt < 10; attempt++) {
    expect(await from(`198.51.100.${attempt}, 203.0.113.1`)).toBe(401)
    expect(await from(`203.0.113.${attempt + 10}`, 'a wrong password', '192.0.2.1')).toBe(401)
  }
  expect(await from('198.51.100.99, 203.0.113.1', password)).toBe(429)
  expect(await from(`203.0.113.1, ${trustedProxy}`, password)).toBe(429)
  expect(await from('203.0.113.99', password, '192.0.2.1')).toBe(429)
  expect(await from('203.0.113.2', password)).toBe(200)
})

test.each([
  [
    'a wrong password',
    '/sign-in/email',
    { email: 'two@heddle.example', password: 'a wrong password' },
    401,
    'auth.wrong',
  ],
  ['what is switched off', '/sign-up/email', { email: 'x@heddle.example', password, name: 'x' }, 400, 'auth.refused'],
  ['what is not there', '/nothing', {}, 404, 'route.unknown'],
])('%s is a problem like any other', async (_title, path, body, status, code) => {
  const answer = await product.request('POST', `/api/auth${path}`, body)
  expect(answer).toMatchObject({ status, body: { status, code, requestId: expect.any(String) } })
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
})

test('a sign-in without a password says what is missing', async () => {
  const answer = await product.request('POST', '/api/auth/sign-in/email', { email: 'two@heddle.example' })
  expect(answer).toMatchObject({ status: 422, body: { code: 'body.invalid', errors: [{ path: '/password' }] } })
})

test('more people than may fail can sign in at the same time', async () => {
  const limit = createSignInLimit()
  const attempts = Array.from({ length: 30 }, () => limit.attempt('key', async () => new Response()))
  expect((await Promise.all(attempts)).every(({ ok }) => ok)).toBe(true)
})

test('failures are forgiven by a success and forgotten with time', async () => {
  let time = 0
  const limit = createSignInLimit(() => time)
  const attempt = (status: number) => limit.attempt('key', async () => new Response(null, { status }))
  const fail = async (times: number) => {
    for (let count = 0; count < times; count++) await attempt(401)
  }
  await fail(9)
  await attempt(200)
  await fail(10)
  await expect(attempt(200)).rejects.toThrow(Fault)
  time += 5 * 60_000 + 1
  expect(await attempt(200)).toMatchObject({ ok: true })
})

test('an e-mail that nobody has is answered as a wrong password is, and as late', async () => {
  const time = async (name: string) => {
    const started = performance.now()
    const { status, body } = await signIn(name, 'a wrong password')
    return { took: performance.now() - started, answer: { status, ...body, requestId: '' } }
  }
  const known: Awaited<ReturnType<typeof time>>[] = []
  const unknown: typeof known = []
  for (let round = 0; round < 5; round++) {
    known.push(await time('unhurried'))
    unknown.push(await time('nobody'))
  }
  const fastest = (times: typeof known) => Math.min(...times.map(({ took }) => took))
  expect(unknown[0]?.answer).toEqual(known[0]?.answer)
  expect(fastest(unknown)).toBeGreaterThan(fastest(known) / 2)
  for (let round = 0; round < 5; round++) await signIn('nobody', 'a wrong password')
  expect((await signIn('nobody', password)).body.code).toBe('auth.limited')
})

test('an address may fail a hundred times a minute, whatever accounts it tries and has', async () => {
  let time = 0
  const guard = createGuard(() => time)
  const attempt = (account: string, ok: boolean, address = '192.0.2.1') =>
    guard({ account, address }, async () => ({ ok }))
  for (let count = 0; count < 100; count++) {
    await attempt('own', true)
    await attempt(`guessed-${count}`, false)
  }
  await expect(attempt('own', true)).rejects.toMatchObject({ status: 429, retryAfter: 60 })
  expect(await attempt('own', true, '192.0.2.2')).toEqual({ ok: true })
  time += 60_001
  expect(await attempt('own', true)).toEqual({ ok: true })
})

test('the addresses of one IPv6 network are one', async () => {
  const guard = createGuard()
  const attempt = (address: string, ok = false) => guard({ account: 'x', address }, async () => ({ ok }))
  for (let count = 0; count < 10; count++) await attempt(`2001:db8:0:1::${count}`)
  await expect(attempt('2001:db8:0:1:a:b:c:d', true)).rejects.toThrow(Fault)
  expect(await attempt('2001:db8:0:2::1', true)).toEqual({ ok: true })
})
