import type { Entity, Field, Release, Storage } from '@heddle/metadata'
import { sql } from 'drizzle-orm'
import { columnSql, tableOf } from '../filters/record-tables.ts'
import { workOutSql } from '../filters/work-out-sql.ts'
import type { Transaction } from '../storage/connect.ts'
import { inTransaction } from '../storage/in-transaction.ts'
import { renderStatement, runRows } from '../storage/statement.ts'
import { type Job, JobCancelled, type JobKind, textOf } from './job.ts'
import { settle } from './settle.ts'

const batchRows = 2_000
const firstId = '00000000-0000-0000-0000-000000000000'

/**
 * Works out a stored formula in every record of a big table, batch by batch; what is written meanwhile is right already.
 * Then a release of its own lets reads take the column.
 */
export const fillFormula: JobKind = async (job, context) => {
  const { database, live } = context
  const { entity } = targetOf(job, live.release)
  const [count] = await database<{ total: number }[]>`select count(*)::int as total from app.${database(entity.table)}`
  const total = count?.total ?? 0
  let done = job.done
  let after = typeof job.detail.after === 'string' ? job.detail.after : firstId
  while (!context.stopping.aborted) {
    const ids = await inTransaction(database, async (transaction) => {
      const ids = await fillBatch(transaction, live.release, job, after)
      if (ids.length > 0) {
        const detail = { ...job.detail, after: ids.at(-1) ?? after }
        await context.report(transaction, { done: done + ids.length, total, detail })
      }
      return ids
    })
    if (ids.length === 0) return settle(job, context, ({ release, storage }) => withFilled(job, release, storage))
    done += ids.length
    after = ids.at(-1) ?? after
  }
  return { state: 'paused' }
}

/** The formula that waits for the job. @throws JobCancelled when none does any more */
function targetOf(job: Job, release: Release): { readonly entity: Entity; readonly field: Field } {
  const entity = release.entityById(textOf(job, 'entity'))
  const field = [...(entity?.fields.values() ?? [])].find(({ id }) => id === textOf(job, 'field'))
  if (entity === undefined || field === undefined || !entity.pending.has(field.id)) throw new JobCancelled()
  return { entity, field }
}

/** Locked first and worked out in a later statement, so that this sees what others committed meanwhile. */
async function fillBatch(transaction: Transaction, release: Release, job: Job, after: string): Promise<string[]> {
  const { entity, field } = targetOf(job, release)
  const lock = sql`select t.id from ${tableOf(entity, 't')} where ${columnSql('t', 'id')} > ${sql.placeholder('after')}::uuid
    order by t.id limit ${sql.raw(String(batchRows))} for no key update of t`
  const rows = await runRows<{ id: string }>(transaction, renderStatement(lock), { after })
  const ids = rows.map(({ id }) => id)
  const where = sql`k.id = any(${sql.placeholder('ids')}::uuid[])`
  if (ids.length > 0)
    await runRows(transaction, renderStatement(workOutSql(release, entity, [field], { where })), { ids })
  return ids
}

/** The storage in which the formula waits no longer. */
function withFilled(job: Job, release: Release, storage: Storage): Storage {
  const { entity, field } = targetOf(job, release)
  const stored = storage.entities[entity.id]
  if (stored === undefined) throw new JobCancelled()
  const { pending: before = [], ...rest } = stored
  const pending = before.filter((id) => id !== field.id)
  const next = pending.length === 0 ? rest : { ...rest, pending }
  return { ...storage, entities: { ...storage.entities, [entity.id]: next } }
}
