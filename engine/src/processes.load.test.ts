import { setTimeout as sleep } from 'node:timers/promises'
import { asObject, isEqual, type JsonObject } from '@heddle/metadata'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createApiKey } from './accounts/api-keys.ts'
import { diagnose } from './publish/doctor/diagnose.ts'
import { library } from './testing/definitions.ts'
import { type HeddleProcess, spawnHeddle } from './testing/heddle-process.ts'
import { type HttpClient, httpClient, publishOver } from './testing/http-client.ts'
import { startTestProduct, type TestProduct } from './testing/product.ts'

/** On its database; it does not serve the clients, but sees what they leave. */
let product: TestProduct
let key: string
let processes: HeddleProcess[]

beforeEach(async () => {
  product = await startTestProduct()
  await product.publish(library)
  key = await createApiKey(product.database.sql, { name: 'test', roles: ['admin'] })
  processes = []
})
afterEach(async () => {
  await Promise.all(processes.map((each) => each.kill()))
  await product.stop()
})

function run(): HeddleProcess {
  const made = spawnHeddle(['start'], {
    HEDDLE_DATA_DIR: '/nonexistent',
    HEDDLE_LOG_LEVEL: 'error',
    DATABASE_URL: product.database.url,
    HEDDLE_SECRET_KEY: 'a secret that is long enough for tests',
  })
  processes.push(made)
  return made
}

let serial = 0
const article = (): { title: string; body: JsonObject } => {
  const title = `文章 ${++serial}`
  return { title, body: { title, kind: 'essay', sections: [{ heading: '一' }, { heading: '二' }] } }
}

/** Writes until the process dies; the titles it has confirmed. */
async function writeUntilDeath(client: HttpClient, confirmed: Set<string>): Promise<void> {
  for (;;) {
    const { title, body } = article()
    const answer = await client('POST', '/api/records/article', body).catch(() => undefined)
    if (answer === undefined) return
    if (answer.status === 201) confirmed.add(title)
    else expect(answer).toMatchObject({ status: 201 })
  }
}

/** Every confirmed article is there, and every article is whole, with its events. */
async function expectWhole(confirmed: ReadonlySet<string>): Promise<void> {
  const { sql } = product.database
  const titles = await sql<{ title: string }[]>`select title from app.article`
  const stored = new Set(titles.map(({ title }) => title))
  expect([...confirmed].filter((title) => !stored.has(title))).toEqual([])
  expect(stored.size).toBe(titles.length)
  const [counts] = await sql`
    select (select count(*) from app.article)::int as articles, (select count(*) from app.section)::int as sections,
      (select count(*) from app.section s where not exists (select 1 from app.article a where a.id = s.article))::int as orphans,
      (select count(*) from heddle.event where entity in ('article', 'section') and kind = 'created')::int as events`
  const articles = stored.size
  expect(counts).toEqual({ articles, sections: 2 * articles, orphans: 0, events: 3 * articles })
}

async function expectRelease(client: HttpClient, release: unknown): Promise<void> {
  const releaseOf = async () => (await client('GET', '/api/metadata')).body.release
  await expect.poll(releaseOf, { timeout: 1_000, interval: 5 }).toBe(release)
}

describe('two processes on one database', () => {
  it('see a publish at once, and lose no write when one of them is killed under load', async () => {
    const [first, second] = [run(), run()]
    const clients = await Promise.all([first, second].map(async (each) => httpClient(await each.url, key)))
    const [a, b] = clients
    if (a === undefined || b === undefined) throw new Error('Both must run.')
    for (let round = 1; round <= 5; round++) {
      const author = { ...library['entity/author'], title: `作者 ${round}` }
      const published = await publishOver(round % 2 === 0 ? a : b, { 'entity/author': author })
      expect(published.status).toBe(200)
      for (const client of clients) await expectRelease(client, published.body.release)
    }
    const confirmed = new Set<string>()
    const writers = clients.flatMap((client) => [1, 2, 3, 4].map(() => writeUntilDeath(client, confirmed)))
    await sleep(1_000)
    await second.kill()
    const whenKilled = confirmed.size
    await sleep(500)
    expect(confirmed.size).toBeGreaterThan(whenKilled)
    expect((await a('GET', '/readyz')).status).toBe(200)
    await first.kill()
    await Promise.all(writers)
    await expectWhole(confirmed)
  }, 60_000)
})

/** What is live or drafted moved on; 422 where another took away what the draft changes. */
function isBeaten({ status, body }: Awaited<ReturnType<HttpClient>>): boolean {
  const errors = Array.isArray(body.errors) ? body.errors : []
  const codes = new Set(errors.map((error) => asObject(error).code))
  return [409, 412].includes(status) || (status === 422 && isEqual([...codes], ['draft.conflict']))
}

/** In ms. Most die in the middle of something; some live long enough to finish a publish on a slow machine. */
function lifeTime(): number {
  return Math.random() * (Math.random() < 0.2 ? 2_000 : 300)
}

describe('200 random kills', () => {
  const kills = 200
  const atOnce = 3
  /** A machine that others use as well starts processes slowly: fewer kills then. */
  const longestMs = 100_000

  it('lose no confirmed write and leave no half release', async () => {
    const confirmed = new Set<string>()
    const published = new Set<unknown>()
    let done = 0
    const end = Date.now() + longestMs
    const publishUntilDeath = async (client: HttpClient): Promise<void> => {
      for (let round = 0; ; round++) {
        const properties = {
          ...Object(library['entity/author']?.properties),
          [`f${(serial + round) % 30}`]: { 'x-field': { type: 'text' } },
        }
        const body = { ...library['entity/author'], properties }
        const answer = await publishOver(client, { 'entity/author': body }).catch(() => undefined)
        if (answer === undefined) return
        if (answer.status === 200) published.add(answer.body.release)
        // Another process was first, or has drafted in between: the contract's answer.
        else expect(answer, JSON.stringify(answer.body)).toSatisfy(isBeaten)
      }
    }
    const lives = async (): Promise<void> => {
      while (done < kills && Date.now() < end) {
        done++
        const victim = run()
        const isEarly = Math.random() < 0.25
        const readyAt = isEarly ? sleep(Math.random() * 1_000) : victim.url
        const killed = readyAt.then(() => sleep(isEarly ? 0 : lifeTime())).then(() => victim.kill())
        const url = await victim.url.catch(() => undefined)
        if (url !== undefined) {
          const client = httpClient(url, key)
          await Promise.all([writeUntilDeath(client, confirmed), publishUntilDeath(client)])
        }
        await killed
      }
    }
    await Promise.all(Array.from({ length: atOnce }, lives))
    expect(done).toBeGreaterThan(20)
    expect(confirmed.size).toBeGreaterThan(0)
    expect(published.size).toBeGreaterThan(0)
    await expectWhole(confirmed)
    const { sql } = product.database
    const releases = await sql<{ number: number }[]>`select number from heddle.release order by number`
    expect([...published].filter((number) => !releases.some((each) => each.number === number))).toEqual([])
    expect(await sql`select release from heddle.live`).toEqual([{ release: releases.length }])
    expect((await diagnose(sql)).ailments).toEqual([])
    await product.live.reload()
    expect(await product.publish({ 'entity/author': library['entity/author'] ?? {} })).toBe(releases.length + 1)
  }, 180_000)
})
