import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLog } from '../log.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

let lines: string[] = []
let product: TestProduct

beforeAll(async () => {
  product = await startTestProduct(createLog('trace', { write: (line) => void lines.push(line) }))
})
afterAll(() => product.stop())

test('a request keeps the id it came with, in its answer and in the log', async () => {
  const answer = await product.request('GET', '/api/me', undefined, { headers: { 'x-request-id': 'from.the-proxy_1' } })
  expect(answer.headers.get('x-request-id')).toBe('from.the-proxy_1')
  expect(lines.some((line) => JSON.parse(line).requestId === 'from.the-proxy_1')).toBe(true)
})

test.each(['two words', 'a'.repeat(101), 'line\\nbreak'])(
  'the id “%s” is replaced by one of our own',
  async (given) => {
    const answer = await product.request('GET', '/api/me', undefined, { headers: { 'x-request-id': given } })
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  },
)

test('an unexpected failure is logged with its cause and request id, and answered without details or secrets', async () => {
  lines = []
  await product.database.sql`alter table heddle.api_key rename to gone`
  const answer = await product.request('GET', '/api/me?token=hidden-token', undefined, {
    key: 'hidden-key',
    headers: { cookie: 'heddle.session_token=hidden-cookie' },
  })
  await product.database.sql`alter table heddle.gone rename to api_key`
  expect(answer.status).toBe(500)
  expect(answer.body).toMatchObject({ code: 'server.failed', requestId: answer.headers.get('x-request-id') })
  expect(JSON.stringify(answer.body)).not.toContain('api_key')
  const logged = lines.map((line) => JSON.parse(line))
  expect(logged).toContainEqual(
    expect.objectContaining({ requestId: answer.body.requestId, err: expect.objectContaining({ code: '42P01' }) }),
  )
  expect(lines.join()).not.toContain('hidden-')
})

test('a password that is refused is not logged', async () => {
  lines = []
  const body = { email: 'admin@heddle.example', password: 'hidden-password' }
  expect((await product.request('POST', '/api/auth/sign-in/email', body)).status).toBe(401)
  expect(lines.length).toBeGreaterThan(0)
  expect(lines.join()).not.toContain('hidden-')
})

test.each(['authorization', 'cookie', 'password', 'token', 'secret', 'secretKey', 'databaseUrl', 'directUrl'])(
  'a value named “%s” is left out of the log, also inside what is logged',
  (name) => {
    lines = []
    const log = createLog('info', { write: (line) => void lines.push(line) })
    log.info({ [name]: 'hidden-1', request: { [name]: 'hidden-2', headers: { [name]: 'hidden-3' } } }, 'kept')
    expect(lines.join()).toContain('kept')
    expect(lines.join()).not.toContain('hidden-')
  },
)
