import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { deferredChannel } from '../publish/deferred-steps.ts'
import type { LiveRelease } from '../publish/live-release.ts'
import type { Database } from '../storage/connect.ts'
import { type Claim, claimJob } from './claim.ts'
import { JobCancelled, type JobContext, type JobOutcome } from './job.ts'
import { jobKinds } from './kinds.ts'

/** The deferred work of this process. */
export interface JobRunner {
  /** Resolves when no job is left that this process could do now. */
  idle(): Promise<void>
  /** Lets the job under way come to a point where any process can go on. */
  stop(): Promise<void>
}

const pollMs = 5_000
const pauseAfterErrorMs = 1_000
const maximumAttempts = 5

/**
 * Does deferred steps one after the other, those of killed processes too. `database` must not be behind a pooler of
 * transactions: a claim is a lock of its connection.
 */
export async function runJobs(database: Database, live: LiveRelease, log: Logger): Promise<JobRunner> {
  const stopping = new AbortController()
  let running: Promise<void> | undefined
  let isCalled = false
  const work = async (): Promise<void> => {
    do {
      isCalled = false
      await workOff({ database, live, stopping: stopping.signal }, log)
    } while (isCalled && !stopping.signal.aborted)
  }
  const wake = (): void => {
    isCalled = true
    running ??= work()
      .catch((error) => log.warn({ err: error }, 'Deferred work could not be looked for.'))
      .finally(() => {
        running = undefined
      })
  }
  const listening = await database.listen(deferredChannel, wake, wake)
  const timer = setInterval(wake, pollMs)
  timer.unref()
  return {
    idle: async () => {
      wake()
      while (running !== undefined) await running
    },
    stop: async () => {
      clearInterval(timer)
      stopping.abort()
      await listening.unlisten()
      await running
    },
  }
}

type Place = Pick<JobContext, 'database' | 'live' | 'stopping'>

async function workOff(place: Place, log: Logger): Promise<void> {
  while (!place.stopping.aborted) {
    const claim = await claimJob(place.database)
    if (claim === undefined) return
    try {
      await doJob(claim, place, log)
    } finally {
      await claim.release()
    }
  }
}

async function doJob({ job, attempts }: Claim, place: Place, log: Logger): Promise<void> {
  const kind = jobKinds[job.kind]
  const report: JobContext['report'] = async (connection, { done, total, detail }) => {
    const written = await connection`
      update heddle.deferred_step set done = ${done}, total = ${total}, updated_at = now(),
        detail = coalesce(${detail === undefined ? null : JSON.stringify(detail)}::json, detail)
      where id = ${job.id} and state = 'running'`
    if (written.count === 0) throw new JobCancelled()
  }
  try {
    if (kind === undefined) throw new Error(`There is no job of kind “${job.kind}”.`)
    await place.live.reload()
    await endJob(place.database, job.id, await kind(job, { ...place, report }))
  } catch (error) {
    if (error instanceof JobCancelled) return endJob(place.database, job.id, { state: 'cancelled' })
    log.warn({ err: error, job: job.id, address: job.address }, 'Deferred work failed.')
    const message = error instanceof Error ? error.message : String(error)
    if (attempts < maximumAttempts)
      await sleep(pauseAfterErrorMs, undefined, { signal: place.stopping }).catch(() => undefined)
    else await endJob(place.database, job.id, { state: 'failed', message, rows: [] })
  }
}

async function endJob(database: Database, id: string, outcome: JobOutcome | { state: 'cancelled' }): Promise<void> {
  if (outcome.state === 'settled' || outcome.state === 'paused') return
  const error = outcome.state === 'failed' ? JSON.stringify({ message: outcome.message, rows: outcome.rows }) : null
  await database`
    update heddle.deferred_step set state = ${outcome.state}, error = ${error}, updated_at = now(),
      done = case when ${outcome.state} = 'done' then coalesce(total, done) else done end
    where id = ${id} and state = 'running'`
}
