import { setTimeout as sleep } from 'node:timers/promises'
import type { Services } from '../http/environment.ts'
import { compareMigrations } from '../storage/migrate.ts'

const patienceMs = 2_000
const unreachable = 'The database does not answer.'

/** Why the product cannot serve now, as a sentence; undefined when it can. Waits for the database two seconds at most. */
export async function findHindrance({ database, newestMigration, log }: Services): Promise<string | undefined> {
  const giveUp = new AbortController()
  const late = sleep(patienceMs, unreachable, { signal: giveUp.signal }).catch(() => undefined)
  const asked = compareMigrations(database, newestMigration).then(
    (found) => sentences[found],
    (error) => {
      log.warn({ err: error }, unreachable)
      return unreachable
    },
  )
  const hindrance = await Promise.race([asked, late])
  giveUp.abort()
  return hindrance
}

const sentences = {
  same: undefined,
  older: 'The database lacks migrations that this program needs; start it again to run them.',
  newer: 'The database has migrations that this program does not know; start the newer program.',
} as const
