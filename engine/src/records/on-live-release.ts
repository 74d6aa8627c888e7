import type { Release } from '@heddle/metadata'
import { busy } from '../errors.ts'
import type { LiveRelease } from '../publish/live-release.ts'
import { sqlState } from '../storage/in-transaction.ts'

/** SQLSTATEs of a statement that was made for another structure of the database than it met. */
const outdated: ReadonlySet<string> = new Set(['42703', '42P01', '42883', '42804', '0A000'])
const maximumTries = 4

/** Thrown by a write that changed nothing because the live release has moved since it was validated. */
export class ReleaseMoved extends Error {}

/**
 * Runs `work` on the live release, again on the newer one when a publish came between: at most three times.
 * @throws Fault 503 when releases keep moving
 */
export async function onLiveRelease<Result>(
  live: LiveRelease,
  work: (release: Release) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    const { release } = live
    try {
      return await work(release)
    } catch (error) {
      await requireNewer(live, release, error)
      if (attempt >= maximumTries) throw busy()
    }
  }
}

/** Loads the release that made `error` happen; when there is none, the error stands. */
async function requireNewer(live: LiveRelease, release: Release, error: unknown): Promise<void> {
  const isMoved = error instanceof ReleaseMoved
  if (!isMoved && !outdated.has(sqlState(error) ?? '')) throw error
  const next = await live.reload()
  if (next.release.number === release.number) throw isMoved ? busy() : error
}
