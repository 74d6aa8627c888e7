import type { Field, Release } from '@heddle/metadata'
import { failingRows } from '../publish/plan.ts'
import { uniqueFields, uniqueIndexName } from '../publish/steps/unique.ts'
import { sqlState } from '../storage/in-transaction.ts'
import { type Job, type JobContext, type JobKind, type JobOutcome, textOf } from './job.ts'
import { runUntilStopped } from './run-until-stopped.ts'
import { settle } from './settle.ts'

/** Builds an index while requests go on. A unique one that finds equal values fails with the records that have them. */
export const createIndex: JobKind = async (job, context) => {
  await dropBroken(job, context)
  try {
    const state = await runUntilStopped(textOf(job, 'statement'), context)
    if (state === 'paused') return { state }
  } catch (error) {
    if (sqlState(error) !== '23505') throw error
    await dropBroken(job, context)
    const rows = await failingRows(context.database, textOf(job, 'failing'))
    return { state: 'failed', message: 'These records have equal values; make them different and try again.', rows }
  }
  return guard(job, context)
}

/** What a killed or failed build leaves behind takes space and serves nobody. */
async function dropBroken(job: Job, context: JobContext): Promise<void> {
  const name = textOf(job, 'name')
  const broken = await context.database`
    select 1 from pg_index where indexrelid = to_regclass(${`app."${name}"`}) and not indisvalid`
  if (broken.length > 0) await runUntilStopped(`drop index concurrently if exists app."${name}"`, context)
}

/** From the next release on the index guards the field, and writes need not look themselves. */
function guard(job: Job, context: JobContext): Promise<JobOutcome> | JobOutcome {
  if (guardedField(job, context.live.release) === undefined) return { state: 'done' }
  return settle(job, context, ({ release, storage }) => {
    const field = guardedField(job, release)
    const id = textOf(job, 'entity')
    const stored = storage.entities[id]
    if (field === undefined || stored === undefined) return undefined
    const { pending: before = [], ...rest } = stored
    const pending = before.filter((each) => each !== field.id)
    const next = pending.length === 0 ? rest : { ...rest, pending }
    return { ...storage, entities: { ...storage.entities, [id]: next } }
  })
}

/** The field whose uniqueness waits for this index. */
function guardedField(job: Job, release: Release): Field | undefined {
  const entity = release.entityById(textOf(job, 'entity'))
  if (entity === undefined) return undefined
  return uniqueFields(entity).find(
    (field) => entity.pending.has(field.id) && uniqueIndexName(entity, field) === textOf(job, 'name'),
  )
}
