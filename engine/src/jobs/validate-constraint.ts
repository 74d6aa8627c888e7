import { failingRows } from '../publish/plan.ts'
import { sqlState } from '../storage/in-transaction.ts'
import { type JobKind, textOf } from './job.ts'

/** Checks the records from before a constraint, which holds for all later ones already. */
export const validateConstraint: JobKind = async (job, { database }) => {
  try {
    await database.unsafe(textOf(job, 'statement'))
    return { state: 'done' }
  } catch (error) {
    if (!['23503', '23514'].includes(sqlState(error) ?? '')) throw error
    const rows = await failingRows(database, textOf(job, 'failing'))
    return { state: 'failed', message: 'These records break the rule; correct them and try again.', rows }
  }
}
