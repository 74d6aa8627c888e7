import type { JobContext } from './job.ts'

/** Runs a long statement; when the process stops it is cancelled, and what it began is undone. */
export async function runUntilStopped(
  text: string,
  { database, stopping }: Pick<JobContext, 'database' | 'stopping'>,
): Promise<'done' | 'paused'> {
  if (stopping.aborted) return 'paused'
  const running = database.unsafe(text)
  const cancel = () => running.cancel()
  stopping.addEventListener('abort', cancel)
  try {
    await running
    return 'done'
  } catch (error) {
    if (stopping.aborted) return 'paused'
    throw error
  } finally {
    stopping.removeEventListener('abort', cancel)
  }
}
