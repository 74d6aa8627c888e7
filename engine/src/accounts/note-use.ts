import type { Actor } from '../access/actor.ts'
import type { Database } from '../storage/connect.ts'

/**
 * Notes that a session or an API key is in use, at most once a minute. Nobody waits for it, and a note that fails is
 * one of many.
 */
export function noteUse(database: Database, { kind, id, sessionId }: Actor): void {
  noting(database, kind, sessionId ?? id).catch(() => undefined)
}

async function noting(database: Database, kind: Actor['kind'], id: string): Promise<void> {
  if (kind === 'key') {
    await database`
      update heddle.api_key set used_at = now()
      where id = ${id} and (used_at is null or used_at < now() - interval '1 minute')`
  }
  if (kind === 'user') {
    await database`
      update heddle.session set seen_at = now()
      where id = ${id} and (seen_at is null or seen_at < now() - interval '1 minute')`
  }
}
