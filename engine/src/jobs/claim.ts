import { asObject, type JsonObject } from '@heddle/metadata'
import type { Database } from '../storage/connect.ts'
import type { Job } from './job.ts'

/** A job that this process does, and the lock that says so: it goes with its connection, so also with a kill. */
export interface Claim {
  readonly job: Job
  readonly attempts: number
  release(): Promise<void>
}

// The first of the two numbers of an advisory lock; the second is made of the job's id.
const lockSpace = 0x6865_6464

interface Row {
  readonly id: string
  readonly kind: string
  readonly address: string
  readonly detail: string
  readonly done: number
  readonly attempts: number
}

/** Claims the oldest open job that no living process does; undefined when there is none. */
export async function claimJob(database: Database): Promise<Claim | undefined> {
  const connection = await database.reserve()
  try {
    await connection.unsafe('begin')
    const rows = await connection<Row[]>`
      select id, kind, address, detail::text as detail, done, attempts from heddle.deferred_step
      where state in ('pending', 'running') order by created_at, id for update skip locked`
    for (const row of rows) {
      const [lock] = await connection<{ got: boolean }[]>`
        select pg_try_advisory_lock(${lockSpace}, hashtext(${row.id})) as got`
      if (lock?.got !== true) continue
      await connection`
        update heddle.deferred_step set state = 'running', attempts = attempts + 1, updated_at = now()
        where id = ${row.id}`
      await connection.unsafe('commit')
      return { job: jobOf(row), attempts: row.attempts + 1, release: () => releaseClaim(connection, row.id) }
    }
    await connection.unsafe('commit')
  } catch (error) {
    await connection.unsafe('rollback').catch(() => undefined)
    connection.release()
    throw error
  }
  connection.release()
  return undefined
}

function jobOf({ id, kind, address, detail, done }: Row): Job {
  const parsed: JsonObject = asObject(JSON.parse(detail))
  return { id, kind, address, detail: parsed, done }
}

async function releaseClaim(connection: Awaited<ReturnType<Database['reserve']>>, id: string): Promise<void> {
  try {
    await connection`select pg_advisory_unlock(${lockSpace}, hashtext(${id}))`
  } finally {
    connection.release()
  }
}
