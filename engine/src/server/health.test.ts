import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

let product: TestProduct
beforeAll(async () => {
  product = await startTestProduct()
})
afterAll(() => product.stop())

const ready = () => product.request('GET', '/readyz')
const move = (milliseconds: number) => product.database.sql`
  update heddle_migration.__drizzle_migrations set created_at = created_at + ${milliseconds}
  where id = (select max(id) from heddle_migration.__drizzle_migrations)`

test('the product is ready on a database of its own version', async () => {
  expect(await ready()).toMatchObject({ status: 200, body: { status: 'ready', release: 0 } })
})

test.each([
  ['lacks migrations', -1, 'lacks migrations'],
  ['has been migrated by a newer program', 1, 'does not know'],
])('it is not while the database %s', async (_title, milliseconds, detail) => {
  await move(milliseconds)
  const answer = await ready()
  expect(answer).toMatchObject({ status: 503, body: { code: 'server.notReady' } })
  expect(answer.body.detail).toContain(detail)
  expect(answer.headers.get('retry-after')).not.toBeNull()
  await move(-milliseconds)
  expect((await ready()).status).toBe(200)
})

test('without a database it is alive, not ready, and tells requests to come again', async () => {
  const name = new URL(product.database.url).pathname.slice(1)
  const elsewhere = product.database.server
  await elsewhere.unsafe(`alter database ${name} rename to ${name}_gone`).catch(() => undefined)
  await elsewhere`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`
  await elsewhere.unsafe(`alter database ${name} rename to ${name}_gone`)
  expect((await product.request('GET', '/healthz')).status).toBe(200)
  const answers = await Promise.all([ready(), product.request('GET', '/api/users')])
  for (const answer of answers) expect(answer).toMatchObject({ status: 503, body: { code: 'server.notReady' } })
  await elsewhere.unsafe(`alter database ${name}_gone rename to ${name}`)
  expect((await ready()).status).toBe(200)
})
