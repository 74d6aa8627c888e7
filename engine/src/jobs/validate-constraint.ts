import { failingRows } from '../publish/plan.ts'
import { sqlState } from '../storage/in-transaction.ts'
import { type JobKind, textOf } from './job.ts'
import { runUntilStopped } from './run-until-stopped.ts'

/** Checks the records from before a constraint, which holds for all later ones already. */
export const validateConstraint: JobKind = async (job, context) => {
  try {
    return { state: await runUntilStopped(textOf(job, 'statement'), context) }
  } catch (error) {
    if (!['23503', '23514'].includes(sqlState(error) ?? '')) throw error
    const rows = await failingRows(context.database, textOf(job, 'failing'))
    return { state: 'failed', message: 'These records break the rule; correct them and try again.', rows }
  }
}
