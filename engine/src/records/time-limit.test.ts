import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { boundQuestions } from '../storage/bound-questions.ts'
import { type Connection, connect } from '../storage/connect.ts'
import { library } from '../testing/definitions.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'
import { askDatabase } from './ask-database.ts'

const statementMs = 300
let product: TestProduct
let article: string

beforeAll(async () => {
  product = await startTestProduct(undefined, { statementMs })
  await product.publish(library)
  article = String((await product.request('POST', '/api/records/article', { title: 'x', kind: 'essay' })).body.id)
})
afterAll(() => product.stop())

/** Keeps everybody else from the table while `work` runs. */
async function whileHeld<Result>(work: () => Promise<Result>): Promise<Result> {
  const other = connect(product.database.url, { max: 1 })
  const result = await other.begin(async (transaction) => {
    await transaction`lock table app.article in access exclusive mode`
    return work()
  })
  await other.end()
  return result as Result
}

describe('a question that takes too long', () => {
  it.each<[string, string, object?]>([
    ['GET', '/api/records/article'],
    ['GET', '/api/records/article?total=capped&include=author'],
    ['GET', '/api/records/article/{id}?include=sections'],
    ['GET', '/api/search?q=x'],
    ['POST', '/api/records/article/query', { where: 'length > 1' }],
    ['POST', '/api/records/article/aggregate', { groupBy: ['kind'] }],
  ])('is stopped: %s %s', async (method, path, body) => {
    const started = performance.now()
    const answer = await whileHeld(() => product.request(method, path.replace('{id}', article), body))
    expect(answer).toMatchObject({ status: 422, body: { code: 'query.tooSlow' } })
    expect(performance.now() - started).toBeLessThan(statementMs * 10)
  })

  it('leaves the connection to the next one', async () => {
    expect((await product.request('GET', '/api/records/article')).status).toBe(200)
  })
})

it('a change that waits too long for others is told to try again, and changes nothing', async () => {
  const headers = { 'if-match': '*' }
  const path = `/api/records/article/${article}`
  const answer = await whileHeld(() => product.request('PATCH', path, { title: 'late' }, { headers }))
  expect(answer).toMatchObject({ status: 503, body: { code: 'server.busy' } })
  expect(answer.headers.get('retry-after')).not.toBeNull()
  expect((await product.request('GET', path)).body.title).toBe('x')
})

it('handing over takes as long as it takes', async () => {
  const person = async (name: string) => {
    const answer = await product.request('POST', '/api/users', { email: `${name}@heddle.example`, name, roles: [] })
    return String(answer.body.id)
  }
  const [from, to] = [await person('leaver'), await person('follower')]
  await product.request(
    'PATCH',
    `/api/records/article/${article}`,
    { owner_id: from },
    { headers: { 'if-match': '*' } },
  )
  const other = connect(product.database.url, { max: 1 })
  await other.unsafe(`create function app.linger() returns trigger language plpgsql as
    $$ begin perform pg_sleep(${(statementMs * 2) / 1000}); return new; end $$`)
  await other`create trigger linger before update on app.article for each row execute function app.linger()`
  const answer = await product.request('POST', `/api/users/${from}/hand-over`, { to })
  await other`drop function app.linger cascade`
  await other.end()
  expect(answer).toMatchObject({ status: 200, body: { records: [{ entity: 'article', count: 1 }] } })
})

it('behind a pooler of transactions the limit goes along with each question', async () => {
  const pool = connect(product.database.url, { max: 1 })
  boundQuestions(pool, statementMs)
  const limit = async (connection: Connection) => {
    const [row] = await connection`select current_setting('statement_timeout') as limit`
    return row?.limit
  }
  expect(await askDatabase(pool, limit)).toBe(`${statementMs}ms`)
  expect(await limit(pool)).toBe('0')
  await expect(askDatabase(pool, (connection) => connection`select pg_sleep(5)`)).rejects.toMatchObject({
    code: 'query.tooSlow',
  })
  await pool.end()
})
