import type { Release } from '@heddle/metadata'
import type { Actor } from '../access/actor.ts'
import { passFault } from '../faults.ts'
import type { LiveRelease } from '../publish/live-release.ts'
import type { Database } from '../storage/connect.ts'
import { inTransaction } from '../storage/in-transaction.ts'
import { planGet, runGet, type StoredRecord } from './get.ts'
import { onLiveRelease } from './on-live-release.ts'
import { maintainRollups } from './rollups/maintain-rollups.ts'
import type { WriteContext } from './write-record.ts'

/** What writing needs besides the request. */
export interface WriteServices {
  readonly database: Database
  readonly live: LiveRelease
  readonly actor: Actor
  /** What causes the writes, for their events; undefined for a person's own request. */
  readonly cause?: string | undefined
}

/** Runs `work` on the live release in one transaction; roll-ups are right when it commits. */
export function writeTogether<Result>(
  services: WriteServices,
  work: (context: WriteContext, release: Release) => Promise<Result>,
): Promise<Result> {
  return writeAsNeeded(services, () => false, work)
}

/**
 * Brings the roll-ups up to date with what the context's writes have changed so far. Inside a savepoint that may be
 * undone, write with `changes` of its own and settle before it ends.
 */
export async function settleRollups(context: WriteContext): Promise<void> {
  await maintainRollups(context, context.changes.splice(0))
}

/** Runs `work` on the live release, in a transaction unless one statement does there. */
export async function writeAsNeeded<Result>(
  services: WriteServices,
  isOnce: (release: Release) => boolean,
  work: (context: WriteContext, release: Release) => Promise<Result>,
): Promise<Result> {
  const { database, live, actor, cause } = services
  const result = await onLiveRelease(live, (release) => {
    const reader = { release, actor }
    if (isOnce(release)) return work({ connection: database, reader, cause, changes: [] }, release)
    return inTransaction(database, async (connection) => {
      const context: WriteContext = { connection, reader, cause, changes: [] }
      const result = await work(context, release)
      await settleRollups(context)
      return result
    })
  })
  passFault('write.after-commit')
  return result
}

/** The record as its writer may see it, lines and settled roll-ups included. */
export async function readBack(context: WriteContext, entityName: string, id: string): Promise<StoredRecord> {
  await settleRollups(context)
  return runGet(context.connection, planGet(context.reader, entityName), id)
}
