import type { Storage } from '@heddle/metadata'
import type { LiveState } from '../publish/live-state.ts'
import { loadLiveState } from '../publish/live-state.ts'
import { planPlaces } from '../publish/plan.ts'
import { publish } from '../publish/publish.ts'
import type { Transaction } from '../storage/connect.ts'
import { type Job, JobCancelled, type JobContext, type JobOutcome } from './job.ts'

/** Where data will be once the job is done; undefined when the live release has no more use for it. */
type Arrange = (live: LiveState, transaction: Transaction) => Storage | undefined | Promise<Storage | undefined>

/**
 * Ends a job with a release of its own: the new places of data and the job's end are one transaction.
 * @throws JobCancelled when the job was called off or is of no more use
 */
export async function settle(job: Job, { database, live }: JobContext, arrange: Arrange): Promise<JobOutcome> {
  const next = await publish(database, {
    replan: async (transaction) => {
      const ended = await transaction`
        update heddle.deferred_step set state = 'done', done = coalesce(total, done), updated_at = now()
        where id = ${job.id} and state = 'running'`
      const state = await loadLiveState(transaction, live.state)
      const storage = await arrange(state, transaction)
      if (ended.count === 0 || storage === undefined) throw new JobCancelled()
      return planPlaces(transaction, state, storage)
    },
    planHash: undefined,
    acceptance: { accept: ['guarded'], confirm: undefined },
    actor: null,
  })
  live.adopt(next)
  return { state: 'settled' }
}
