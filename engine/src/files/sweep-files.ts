import type { Logger } from 'pino'
import type { Database } from '../storage/connect.ts'

const sweepMs = 60 * 60 * 1_000

/** Removes files that no record has referred to for a day; tells how many. */
export async function sweepFiles(database: Database): Promise<number> {
  const gone = await database`
    delete from heddle.file f where unlinked_at < now() - interval '1 day'
      and not exists (select 1 from heddle.file_link where file = f.id)`
  return gone.count
}

/** Sweeps now and every hour until stopped. */
export function startSweeping(database: Database, log: Logger): { stop(): Promise<void> } {
  let running = Promise.resolve()
  const sweep = () => {
    running = sweepFiles(database).then(
      (count) => (count === 0 ? undefined : log.info({ count }, 'Files that no record refers to were removed.')),
      (error) => log.warn({ err: error }, 'Files could not be swept.'),
    )
  }
  sweep()
  const timer = setInterval(sweep, sweepMs)
  timer.unref()
  return {
    stop: () => {
      clearInterval(timer)
      return running
    },
  }
}
