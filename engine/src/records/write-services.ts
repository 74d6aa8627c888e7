import { type Entity, keptFields, type Release } from '@heddle/metadata'
import type { Actor } from '../access/actor.ts'
import { passFault } from '../faults.ts'
import type { LiveRelease } from '../publish/live-release.ts'
import type { Database } from '../storage/connect.ts'
import { inTransaction } from '../storage/in-transaction.ts'
import { clockOf } from './clock.ts'
import { planWritten, runGet, type StoredRecord } from './get.ts'
import { maintainKept } from './kept/maintain-kept.ts'
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

/** Runs `work` on the live release in one transaction; kept fields are right when it commits. */
export function writeTogether<Result>(
  services: WriteServices,
  work: (context: WriteContext, release: Release) => Promise<Result>,
): Promise<Result> {
  return writeAsNeeded(services, () => false, work)
}

/**
 * Brings roll-ups and stored formulas up to date with what the context's writes have changed so far. Inside a savepoint that may be
 * undone, write with `changes` of its own and settle before it ends.
 */
export async function settleKept(context: WriteContext): Promise<void> {
  await maintainKept(context, context.changes.splice(0))
}

/** Runs `work` on the live release, in a transaction unless one statement does there. */
export async function writeAsNeeded<Result>(
  services: WriteServices,
  isOnce: (release: Release) => boolean,
  work: (context: WriteContext, release: Release) => Promise<Result>,
): Promise<Result> {
  const { database, live, actor, cause } = services
  const result = await onLiveRelease(live, (release) => {
    const about = { reader: { release, actor }, clock: clockOf(release), cause }
    if (isOnce(release)) return work({ ...about, connection: database, changes: [], raised: new Set() }, release)
    return inTransaction(database, async (connection) => {
      const context: WriteContext = { ...about, connection, changes: [], raised: new Set() }
      const result = await work(context, release)
      await settleKept(context)
      return result
    })
  })
  passFault('write.after-commit')
  return result
}

/** The record as its writer may see it, whether or not they may read others; lines and settled kept fields included. */
export async function readBack(context: WriteContext, entity: Entity, id: string): Promise<StoredRecord> {
  await settleKept(context)
  return runGet(context.connection, planWritten(context, entity), id)
}

/** A record as its write has shown it, with its stored formulas settled where it has some. */
export async function showSettled(
  context: WriteContext,
  entity: Entity,
  { id, ...record }: StoredRecord & { readonly id: string },
): Promise<StoredRecord> {
  const isSettled = keptFields(context.reader.release, entity).every(({ rollup }) => rollup !== undefined)
  return isSettled ? record : readBack(context, entity, id)
}
