import { createHash } from 'node:crypto'
import { idempotencyReused } from '../errors.ts'
import type { Database } from '../storage/connect.ts'
import type { WriteContext } from './write-context.ts'

/** Claims an idempotency key; the record it made before, when it did. @throws Fault 409 for another request */
export async function claimKey(
  { connection, reader }: WriteContext,
  key: string,
  entityName: string,
  input: unknown,
): Promise<{ record: string | undefined }> {
  const request = createHash('sha256')
    .update(JSON.stringify([entityName, input]))
    .digest('hex')
  const nobody = '00000000-0000-0000-0000-000000000000'
  const claimed = await connection`
    insert into heddle.idempotency (actor, key, request, record)
    values (${reader.actor.id}, ${key}, ${request}, ${nobody}) on conflict do nothing`
  if (claimed.count === 1) return { record: undefined }
  const [row] = await connection<{ request: string; record: string }[]>`
    select request, record from heddle.idempotency where actor = ${reader.actor.id} and key = ${key}`
  if (row === undefined || row.request !== request) throw idempotencyReused()
  return { record: row.record }
}

/** Keeps which record an idempotency key has made. */
export async function rememberRecord({ connection, reader }: WriteContext, key: string, record: string): Promise<void> {
  await connection`
    update heddle.idempotency set record = ${record} where actor = ${reader.actor.id} and key = ${key}`
}

/** Forgets the keys of requests of more than a week ago; tells how many. */
export async function sweepKeys(database: Database): Promise<number> {
  const gone = await database`delete from heddle.idempotency where at < now() - interval '7 days'`
  return gone.count
}
