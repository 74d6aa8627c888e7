import { fileURLToPath } from 'node:url'
import { asObject, type Json, type JsonObject } from '@heddle/metadata'
import type { Logger } from 'pino'
import { createApiKey } from '../accounts/api-keys.ts'
import { createAuth } from '../accounts/auth.ts'
import { createActorResolver } from '../accounts/resolve-actor.ts'
import { openEventStream } from '../events/event-stream.ts'
import type { Services } from '../http/environment.ts'
import { type JobRunner, runJobs } from '../jobs/run-jobs.ts'
import { createLog } from '../log.ts'
import { followLiveRelease, type LiveRelease } from '../publish/live-release.ts'
import { createServer } from '../server/server.ts'
import { connect } from '../storage/connect.ts'
import { newestMigration } from '../storage/migrate.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'

/** An answer of the product under test. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: JsonObject
}

/** The product on a database of its own, without a network. */
export interface TestProduct {
  readonly database: TestDatabase
  readonly live: LiveRelease
  readonly jobs: JobRunner
  /** Sends a request as administrator, or with the given key. */
  request(
    method: string,
    path: string,
    body?: unknown,
    options?: { key?: string; headers?: Record<string, string> },
  ): Promise<Answer>
  /** Sends any request as administrator, or with the given key. */
  send(path: string, init?: RequestInit, key?: string): Promise<Response>
  /** Sends any request as whoever its own headers say, from the trusted proxy's or any other address. */
  visit(path: string, init?: RequestInit, from?: string): Promise<Response>
  /** Answers requests, to be put behind a port. */
  readonly fetch: (request: Request) => Response | Promise<Response>
  /** Every route that is served. */
  readonly routes: readonly { readonly method: string; readonly path: string }[]
  /** Drafts the definitions, plans and publishes them; throws with the findings when that is refused. */
  publish(definitions: { readonly [address: string]: JsonObject | null }, accept?: readonly string[]): Promise<number>
  /** Makes an API key with the roles. */
  key(...roles: string[]): Promise<string>
  stop(): Promise<void>
}

/** The address of the TLS proxy that the product under test trusts. */
export const trustedProxy = '10.0.0.2'

/** Starts the product for one test file; without a limit on the time of statements unless there is one. */
export async function startTestProduct(
  log: Logger = createLog(process.env.TEST_LOG ?? 'silent'),
  { faces, statementMs }: { faces?: Services['faces']; statementMs?: number } = {},
): Promise<TestProduct> {
  const database = await createTestDatabase(statementMs === undefined ? {} : { statementMs })
  const authDatabase = connect(database.url, { max: 2 })
  const auth = createAuth(authDatabase, { secret: 'a secret that is long enough for tests' })
  const actors = createActorResolver(database.sql, auth)
  const direct = connect(database.url, { max: 4, applicationName: 'heddle-direct' })
  const pools = { database: database.sql, direct }
  const live = await followLiveRelease(pools, (error) => log.warn({ err: error }))
  const jobs = await runJobs(direct, live, log)
  const events = await openEventStream(pools, log)
  const newest = newestMigration(fileURLToPath(new URL('../../migrations', import.meta.url)))
  const app = createServer({
    ...pools,
    live,
    auth,
    actors,
    events,
    log,
    trustedProxy,
    newestMigration: newest,
    faces,
  })
  const adminKey = await createApiKey(database.sql, { name: 'test', roles: ['admin'] })

  const request: TestProduct['request'] = async (method, path, body, options = {}) => {
    const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body)
    const response = await app.request(path, {
      method,
      headers: {
        authorization: `Bearer ${options.key ?? adminKey}`,
        ...(text === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': `${Buffer.byteLength(text)}` }),
        ...options.headers,
      },
      ...(text === undefined ? {} : { body: text }),
    })
    const answer = await response.text()
    return { status: response.status, headers: response.headers, body: answer === '' ? {} : parseBody(answer) }
  }

  const send: TestProduct['send'] = async (path, init = {}, key = adminKey) => {
    const headers = new Headers(init.headers)
    headers.set('authorization', `Bearer ${key}`)
    return app.request(path, { ...init, headers })
  }

  const publish: TestProduct['publish'] = async (definitions, accept = ['guarded']) => {
    for (const [address, body] of Object.entries(definitions)) {
      const wish = body === null ? { removed: true } : { body }
      const saved = await request('PUT', `/api/metadata/draft/${address}`, wish, { headers: { 'if-match': '*' } })
      if (saved.status !== 200) throw new Error(`The draft was refused: ${JSON.stringify(saved.body)}`)
    }
    const plan = await request('POST', '/api/metadata/plan')
    const published = await request('POST', '/api/metadata/publish', { planHash: plan.body.planHash ?? '', accept })
    if (published.status !== 200) {
      throw new Error(`The publish was refused: ${JSON.stringify({ ...published.body, findings: plan.body.findings })}`)
    }
    return Number(published.body.release)
  }

  return {
    database,
    live,
    jobs,
    request,
    send,
    visit: async (path, init, from) => app.request(path, init, from === undefined ? {} : connectionFrom(from)),
    fetch: app.fetch,
    routes: app.routes,
    publish,
    key: (...roles) => createApiKey(database.sql, { name: roles.join(), roles }),
    stop: async () => {
      await jobs.stop()
      await events.stop()
      await live.stop()
      await authDatabase.end()
      await direct.end()
      await database.drop()
    },
  }
}

/** What the HTTP server tells of a connection. */
function connectionFrom(remoteAddress: string) {
  return { incoming: { socket: { remoteAddress } } }
}

function parseBody(text: string): JsonObject {
  const value: Json = JSON.parse(text)
  return Array.isArray(value) ? { items: value } : asObject(value)
}
