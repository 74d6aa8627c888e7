import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JsonObject } from '@heddle/metadata'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { createApiKey } from './accounts/api-keys.ts'
import type { FaultPoint } from './faults.ts'
import { diagnose } from './publish/doctor/diagnose.ts'
import { createTestDatabase, type TestDatabase } from './testing/database.ts'
import { library } from './testing/definitions.ts'
import { type HeddleProcess, spawnHeddle } from './testing/heddle-process.ts'
import { type HttpClient, httpClient, publishOver } from './testing/http-client.ts'

let database: TestDatabase
let folder: string
let key: string
let processes: HeddleProcess[]

beforeEach(async () => {
  database = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'heddle-faults-'))
  await chmod(folder, 0o755)
  key = await createApiKey(database.sql, { name: 'test', roles: ['admin'] })
  processes = []
})
afterEach(async () => {
  await Promise.all(processes.map((each) => each.kill()))
  await database.drop()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

function run(fault?: string, environment: Record<string, string> = {}): HeddleProcess {
  const made = spawnHeddle(['start'], {
    HEDDLE_DATA_DIR: folder,
    DATABASE_URL: database.url,
    HEDDLE_SECRET_KEY: 'a secret that is long enough for tests',
    ...(fault === undefined ? {} : { HEDDLE_FAULT: fault }),
    ...environment,
  })
  processes.push(made)
  return made
}

const clientOf = async (each: HeddleProcess): Promise<HttpClient> => httpClient(await each.url, key)

/** A running product with the library published, about to die at `fault`. */
async function withLibrary(fault: string): Promise<{ client: HttpClient; victim: HeddleProcess }> {
  const first = run()
  expect(await publishOver(await clientOf(first), library)).toMatchObject({ status: 200 })
  await first.kill()
  const victim = run(fault)
  return { client: await clientOf(victim), victim }
}

describe('a process that dies while it publishes leaves a whole release', () => {
  const { properties, ...author } = library['entity/author'] ?? {}
  const changed: JsonObject = {
    ...author,
    required: ['name', 'motto'],
    properties: {
      ...Object(properties),
      motto: { title: '格言', default: '无', 'x-field': { type: 'text', unique: false } },
    },
    'x-entity': { label: 'name', search: ['name', 'motto'], indexes: { by_motto: ['motto'] } },
  }
  const cases: [FaultPoint, number, 1 | 2][] = [
    ['publish.before-lock', 1, 1],
    ['publish.after-ddl', 1, 1],
    ['publish.after-ddl', 3, 1],
    ['publish.before-commit', 1, 1],
    ['publish.after-commit', 1, 2],
  ]
  it.each(cases)('at %s (passing %i): release %i', async (point, nth, release) => {
    const { client, victim } = await withLibrary(`${point}:${nth}`)
    await client('POST', '/api/records/author', { name: '老舍' })
    await expect(publishOver(client, { 'entity/author': changed })).rejects.toThrow()
    expect(await victim.ended).toBeNull()

    expect((await diagnose(database.sql)).ailments).toEqual([])
    const again = await clientOf(run())
    expect((await again('GET', '/readyz')).body).toMatchObject({ release })
    const drafts = (await again('GET', '/api/metadata/draft')).body.items
    expect(drafts).toHaveLength(release === 1 ? 1 : 0)
    if (release === 1) expect((await publishOver(again, {})).status).toBe(200)
    expect((await again('GET', '/api/records/author')).body.items).toMatchObject([{ name: '老舍', motto: '无' }])
    expect((await diagnose(database.sql)).ailments).toEqual([])
  })
})

describe('a process that dies while it writes leaves the whole record or nothing', () => {
  const body = { title: '茶馆', kind: 'essay', sections: [{ heading: '一' }, { heading: '二' }] }
  const cases: [FaultPoint, number, 0 | 1][] = [
    ['write.before-statement', 1, 0],
    ['write.after-statement', 1, 0],
    ['write.before-statement', 3, 0],
    ['write.after-statement', 3, 0],
    ['write.after-commit', 1, 1],
  ]
  it.each(cases)('at %s (passing %i): %i records, and one after the client tries again', async (point, nth, count) => {
    const { client, victim } = await withLibrary(`${point}:${nth}`)
    const headers = { 'idempotency-key': 'once' }
    await expect(client('POST', '/api/records/article', body, headers)).rejects.toThrow()
    await victim.ended
    const counts = async () => {
      const [row] = await database.sql`select (select count(*)::int from app.article) as articles,
        (select count(*)::int from app.section) as sections, (select count(*)::int from heddle.event) as events`
      return row
    }
    expect(await counts()).toEqual({ articles: count, sections: 2 * count, events: 3 * count })
    const again = await clientOf(run())
    expect((await again('POST', '/api/records/article', body, headers)).status).toBe(201)
    expect(await counts()).toEqual({ articles: 1, sections: 2, events: 3 })
  })
})

describe('a start that dies is completed by the next', () => {
  it.each<FaultPoint>(['start.after-migrate', 'start.after-admin'])('at %s', async (point) => {
    await database.sql.unsafe(
      'drop schema heddle cascade; drop schema heddle_migration cascade; drop schema app cascade',
    )
    const victim = run(point, { HEDDLE_ADMIN_PASSWORD: '' })
    expect(await victim.ended).toBeNull()
    const url = await run(undefined, { HEDDLE_ADMIN_PASSWORD: '' }).url
    const [email, password] = (await readFile(join(folder, 'first-sign-in.txt'), 'utf8')).split('  ')
    const signedIn = await fetch(`${url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify({ email, password }),
    })
    expect(signedIn.status).toBe(200)
    expect(await database.sql`select email from heddle.user`).toEqual([{ email }])
  })

  it('at start.after-initdb, with the embedded PostgreSQL', async () => {
    const embedded = { DATABASE_URL: '', HEDDLE_SECRET_KEY: '' }
    const victim = run('start.after-initdb', embedded)
    expect(await victim.ended).toBeNull()
    const next = run(undefined, embedded)
    expect(await fetch(`${await next.url}/readyz`).then((answer) => answer.json())).toMatchObject({ status: 'ready' })
    await next.stop()
  })

  it('at start.after-plugins: plugins and sample data are there once', async () => {
    const demo = { HEDDLE_DEMO: manifest.heddle.demo, HEDDLE_DEMO_PASSWORD: 'a password of the demo' }
    const victim = run('start.after-plugins', demo)
    expect(await victim.ended).toBeNull()
    const client = await clientOf(run(undefined, demo))
    expect((await client('GET', '/readyz')).body).toMatchObject({ release: 1 })
    const [people] =
      await database.sql`select count(*)::int as all, count(distinct email)::int as different from heddle.user`
    expect(people?.all).toBeGreaterThan(5)
    expect(people?.all).toBe(people?.different)
    expect((await diagnose(database.sql)).ailments).toEqual([])
  }, 60_000)
})
