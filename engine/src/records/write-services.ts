import type { Release } from '@heddle/metadata'
import type { Actor } from '../access/actor.ts'
import { passFault } from '../faults.ts'
import type { LiveRelease } from '../publish/live-release.ts'
import type { Database } from '../storage/connect.ts'
import { inTransaction } from '../storage/in-transaction.ts'
import { planGet, runGet, type StoredRecord } from './get.ts'
import { onLiveRelease } from './on-live-release.ts'
import type { WriteContext } from './write-record.ts'

/** What writing needs besides the request. */
export interface WriteServices {
  readonly database: Database
  readonly live: LiveRelease
  readonly actor: Actor
  /** What causes the writes, for their events; undefined for a person's own request. */
  readonly cause?: string | undefined
}

/** Runs `work` on the live release without a transaction around it: for writes of one statement. */
export async function writeOnce<Result>(
  services: WriteServices,
  work: (context: WriteContext, release: Release) => Promise<Result>,
): Promise<Result> {
  const { database, live, actor, cause } = services
  const result = await onLiveRelease(live, (release) =>
    work({ connection: database, reader: { release, actor }, cause }, release),
  )
  passFault('write.after-commit')
  return result
}

/** Runs `work` on the live release in one transaction. */
export async function writeTogether<Result>(
  services: WriteServices,
  work: (context: WriteContext, release: Release) => Promise<Result>,
): Promise<Result> {
  const { database, live, actor, cause } = services
  const result = await onLiveRelease(live, (release) =>
    inTransaction(database, (connection) => work({ connection, reader: { release, actor }, cause }, release)),
  )
  passFault('write.after-commit')
  return result
}

/** The record as its writer may see it, lines included. */
export function readBack(context: WriteContext, entityName: string, id: string): Promise<StoredRecord> {
  return runGet(context.connection, planGet(context.reader, entityName), id)
}
