import type { Logger } from 'pino'
import { sweepFiles } from '../files/sweep-files.ts'
import { sweepKeys } from '../records/idempotency-keys.ts'
import type { Database } from '../storage/connect.ts'

const sweepMs = 60 * 60 * 1_000

/** What gathers and nobody asks for any more. */
const sweeps: readonly { readonly what: string; readonly sweep: (database: Database) => Promise<number> }[] = [
  { what: 'Files that no record refers to', sweep: sweepFiles },
  { what: 'Old idempotency keys', sweep: sweepKeys },
]

/** Sweeps now and every hour until stopped. */
export function startSweeping(database: Database, log: Logger): { stop(): Promise<void> } {
  let running = Promise.resolve()
  const sweepAll = async () => {
    for (const { what, sweep } of sweeps) {
      try {
        const count = await sweep(database)
        if (count > 0) log.info({ count }, `${what} were removed.`)
      } catch (error) {
        log.warn({ err: error }, `${what} could not be swept.`)
      }
    }
  }
  const start = () => {
    running = sweepAll()
  }
  start()
  const timer = setInterval(start, sweepMs)
  timer.unref()
  return {
    stop: () => {
      clearInterval(timer)
      return running
    },
  }
}
