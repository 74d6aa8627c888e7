import { spawnSync } from 'node:child_process'
import { chmod, chown, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { Agent, request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { connect } from '../storage/connect.ts'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { adminPassword, type HeddleProcess, type Ids, spawnHeddle } from '../testing/heddle-process.ts'

const secret = 'a secret that is long enough for tests'
const fixture = (name: string) => fileURLToPath(new URL(`../server/fixtures/${name}`, import.meta.url))

const tls = { HEDDLE_TLS_CERT: fixture('localhost-cert.pem'), HEDDLE_TLS_KEY: fixture('localhost-key.pem') }

let folder: string
let processes: HeddleProcess[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heddle-start-'))
  await chmod(folder, 0o755)
  processes = []
})

afterEach(async () => {
  await Promise.all(processes.map((each) => each.stop()))
  await rm(folder, { recursive: true, force: true })
})

function run(parameters: string[], environment: Record<string, string> = {}, ids?: Ids): HeddleProcess {
  const made = spawnHeddle(parameters, { HEDDLE_DEMO: 'none', HEDDLE_DATA_DIR: folder, ...environment }, ids)
  processes.push(made)
  return made
}

async function signIn(url: string): Promise<Response> {
  return fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email: 'admin@heddle.example', password: adminPassword }),
  })
}

const cookieOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')

describe('on a database of its own', () => {
  let database: TestDatabase
  let environment: Record<string, string>

  beforeEach(async () => {
    database = await createTestDatabase()
    environment = { DATABASE_URL: database.url, HEDDLE_SECRET_KEY: secret }
  })

  afterEach(async () => {
    await Promise.all(processes.map((each) => each.stop()))
    await database.drop()
  })

  test('the product serves a PostgreSQL named by DATABASE_URL and leaves it running', async () => {
    const product = run(['start'], environment)
    const url = await product.url
    expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({ status: 'ready' })
    expect((await signIn(url)).status).toBe(200)
    expect(await product.stop()).toBe(0)
    expect(await database.sql`select 1 as one`).toEqual([{ one: 1 }])
  })

  test('two processes that start at once on an empty database make one administrator and both serve', async () => {
    const both = [run(['start'], environment), run(['start'], environment)]
    const urls = await Promise.all(both.map((each) => each.url))
    for (const url of urls) expect((await signIn(url)).status).toBe(200)
    expect(await database.sql`select email from heddle.user`).toHaveLength(1)
  })

  test('a start with another secret key is refused and says which variable is wrong', async () => {
    const first = run(['start'], environment)
    await first.url
    await first.stop()
    const second = run(['start'], { ...environment, HEDDLE_SECRET_KEY: `another ${secret}` })
    expect(await second.ended).toBe(1)
    expect(second.complaints()).toMatch(/^HEDDLE_SECRET_KEY: /)
    expect(second.output()).not.toContain(secret)
  })

  test('a request under way is answered before a told stop ends the process', async () => {
    const product = run(['start'], environment)
    const url = await product.url
    const headers = { cookie: cookieOf(await signIn(url)), 'content-type': 'application/json', origin: url }
    const lock = await lockUsers(database)
    const body = JSON.stringify({ email: 'someone@heddle.example', name: 'Someone', roles: [] })
    const answer = fetch(`${url}/api/users`, { method: 'POST', headers, body })
    await vi.waitFor(async () => expect(await waitingStatements(database)).toBe(1), 5000)
    const ended = product.stop()
    await vi.waitFor(() => expect(fetch(`${url}/healthz`)).rejects.toThrow(), 5000)
    await lock.release()
    expect((await answer).status).toBe(201)
    const answered = Date.now()
    expect(await ended).toBe(0)
    expect(Date.now() - answered).toBeLessThan(5000)
  })

  test('an API key is made only with roles that there are', async () => {
    const command = run(['api-key', 'create', '--role', 'admni'], environment)
    expect(await command.ended).toBe(1)
    expect(command.complaints()).toContain('There is no role “admni”; did you mean “admin”?')
    expect(await database.sql`select 1 from heddle.api_key`).toEqual([])
  })

  test('a taken port is named, and the process ends', async () => {
    const first = run(['start'], environment)
    const { port } = new URL(await first.url)
    const second = run(['start'], { ...environment, PORT: port })
    expect(await second.ended).toBe(1)
    expect(second.complaints()).toMatch(new RegExp(`^PORT: .*${port}.* Example: PORT=`))
  })

  test('the product speaks HTTPS and its cookies are for HTTPS only', async () => {
    const url = new URL(await run(['start'], { ...environment, ...tls }).url)
    expect(url.protocol).toBe('https:')
    const ca = await readFile(tls.HEDDLE_TLS_CERT)
    const cookies = await new Promise<string[]>((resolve, reject) => {
      const asked = request(`${url}api/auth/sign-in/email`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        agent: new Agent({ ca }),
      })
      asked.once('response', (response) => resolve(response.headers['set-cookie'] ?? []))
      asked.once('error', reject)
      asked.end(JSON.stringify({ email: 'admin@heddle.example', password: adminPassword }))
    })
    expect(cookies[0]).toMatch(/; Secure/)
  })

  test.each([
    ['HEDDLE_TLS_CERT', { HEDDLE_TLS_CERT: '/nowhere/cert.pem' }],
    ['HEDDLE_TLS_KEY', { HEDDLE_TLS_KEY: '/nowhere/key.pem' }],
    ['HEDDLE_TLS_CERT', { HEDDLE_TLS_CERT: fileURLToPath(import.meta.url) }],
  ])('%s is named when it is wrong: %j', async (name, wrong) => {
    const product = run(['start'], { ...environment, ...tls, ...wrong })
    expect(await product.ended).toBe(1)
    expect(product.complaints()).toMatch(new RegExp(`^${name}: .* Example: ${name}=`))
  })
})

test('a database that cannot be reached is named without its password', async () => {
  const product = run(['start'], {
    DATABASE_URL: 'postgres://someone:hidden-password@127.0.0.1:1/none',
    HEDDLE_SECRET_KEY: secret,
  })
  expect(await product.ended).toBe(1)
  expect(product.complaints()).toMatch(/^DATABASE_URL: the database cannot be opened \(.*ECONNREFUSED/)
  expect(product.output()).not.toContain('hidden-password')
})

describe.each(users())('as $name', ({ ids }) => {
  test('the product runs its own PostgreSQL, keeps its secrets to itself, and the command line joins in', async () => {
    if (process.getuid?.() === 0) await chown(folder, ids.uid, ids.gid)
    const product = run(['start'], {}, ids)
    const url = await product.url
    expect((await stat(join(folder, 'secret-key'))).mode & 0o777).toBe(0o600)
    const command = run(['api-key', 'create', '--role', 'admin', '--expires', '2099-01-31', '--json'], {}, ids)
    expect(await command.ended, command.output()).toBe(0)
    const { key, expiresAt } = JSON.parse(command.output())
    expect(expiresAt).toBe('2099-01-31T00:00:00.000Z')
    const me = await fetch(`${url}/api/me`, { headers: { authorization: `Bearer ${key}` } })
    expect(await me.json()).toMatchObject({ user: { kind: 'key' }, roles: ['admin'] })
    expect(await product.stop()).toBe(0)
    const log = product.output()
    for (const hidden of [key, adminPassword, await readFile(join(folder, 'secret-key'), 'utf8')]) {
      expect(log).not.toContain(hidden)
    }
  }, 60_000)
})

/** Makes every write of people wait until the release. */
async function lockUsers({ url }: TestDatabase): Promise<{ release(): Promise<void> }> {
  const holder = connect(url, { max: 1 })
  await holder`begin`
  await holder`lock table heddle.user in exclusive mode`
  return { release: () => holder.end({ timeout: 1 }) }
}

/** Root and an ordinary user when we are root and that user can read the checkout, else just ourselves. */
function users(): { name: string; ids: Ids }[] {
  const uid = process.getuid?.() ?? 0
  const own = { name: uid === 0 ? 'root' : 'an ordinary user', ids: { uid, gid: process.getgid?.() ?? 0 } }
  const ordinary = { name: 'an ordinary user', ids: { uid: 65534, gid: 65534 } }
  const bundle = fileURLToPath(new URL('../main.ts', import.meta.url))
  const reads = (ids: Ids) => spawnSync('/bin/cat', [bundle], { ...ids, cwd: '/' }).status === 0
  return uid === 0 && reads(ordinary.ids) ? [own, ordinary] : [own]
}

async function waitingStatements({ sql }: TestDatabase): Promise<number> {
  const [row] = await sql<{ waiting: number }[]>`
    select count(*)::int as waiting from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`
  return row?.waiting ?? 0
}
