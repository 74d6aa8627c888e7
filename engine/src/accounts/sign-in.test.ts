import { afterAll, beforeAll, expect, test } from 'vitest'
import { Fault } from '../errors.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'
import { createSignInLimit } from './sign-in-limit.ts'
import { createUser } from './users.ts'

const password = 'the right password'
let product: TestProduct

beforeAll(async () => {
  product = await startTestProduct()
  for (const name of ['one', 'two']) {
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
])('%s opens nothing', async (_title, body, status) => {
  expect((await product.request('POST', '/api/auth/sign-in/email', body)).status).toBe(status)
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

test('failures are forgiven by a success and forgotten with time', () => {
  let time = 0
  const limit = createSignInLimit(() => time)
  const fail = (times: number) => {
    for (let attempt = 0; attempt < times; attempt++) limit.count('key', false)
  }
  fail(9)
  limit.count('key', true)
  fail(9)
  expect(() => limit.check('key')).not.toThrow()
  fail(1)
  expect(() => limit.check('key')).toThrow(Fault)
  time += 5 * 60_000 + 1
  expect(() => limit.check('key')).not.toThrow()
})
