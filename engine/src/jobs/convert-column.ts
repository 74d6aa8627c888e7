import type { EntityStorage, Storage } from '@heddle/metadata'
import type { LiveState } from '../publish/live-state.ts'
import { failingRows } from '../publish/plan.ts'
import { isBigTable } from '../publish/table-sizes.ts'
import type { Transaction } from '../storage/connect.ts'
import { inTransaction } from '../storage/in-transaction.ts'
import { type Job, type JobContext, type JobKind, textOf } from './job.ts'
import { settle } from './settle.ts'

const batchRows = 2_000

/**
 * Converts the values of a big table batch by batch; a trigger converts what is written meanwhile. When every value has
 * made it, a release of its own lets the field change its type.
 */
export const convertColumn: JobKind = async (job, context) => {
  const table = `app."${textOf(job, 'table')}"`
  const [count] = await context.database.unsafe<{ total: number }[]>(`select count(*)::int as total from ${table}`)
  const total = count?.total ?? 0
  let done = job.done
  let after = typeof job.detail.after === 'string' ? job.detail.after : firstId
  while (!context.stopping.aborted) {
    const batch = await inTransaction(context.database, async (transaction) => {
      const converted = await convertBatch(transaction, job, table, after)
      if (converted.rows === 0) return converted
      const detail = { ...job.detail, after: converted.last }
      await context.report(transaction, { done: done + converted.rows, total, detail })
      return converted
    })
    if (batch.rows === 0) return finish(job, context)
    done += batch.rows
    after = batch.last
  }
  return { state: 'paused' }
}

const firstId = '00000000-0000-0000-0000-000000000000'

async function convertBatch(
  transaction: Transaction,
  job: Job,
  table: string,
  after: string,
): Promise<{ rows: number; last: string }> {
  const [batch] = await transaction.unsafe<{ rows: number; last: string | null }[]>(
    `with batch as (select id from ${table} where id > $1::uuid order by id limit ${batchRows}),
      converted as (update ${table} set "${textOf(job, 'column')}" = ${textOf(job, 'value')}
        where id in (select id from batch) and ${textOf(job, 'filled')})
    select count(*)::int as rows, (select id::text from batch order by id desc limit 1) as last from batch`,
    [after],
  )
  return { rows: batch?.rows ?? 0, last: batch?.last ?? after }
}

async function finish(job: Job, context: JobContext) {
  const rows = await failingRows(context.database, textOf(job, 'failing'))
  if (rows.length > 0) {
    const message = 'These values cannot become what the field changes to; correct them and try again.'
    return { state: 'failed', message, rows } as const
  }
  return settle(job, context, (state, transaction) => swapColumn(state, transaction, job))
}

async function swapColumn(
  { release, storage }: LiveState,
  transaction: Transaction,
  job: Job,
): Promise<Storage | undefined> {
  const id = textOf(job, 'entity')
  const field = textOf(job, 'field')
  const stored = storage.entities[id]
  const before = stored?.fields[field]
  const held = stored?.held?.[field]
  if (stored === undefined || before === undefined || held?.next.column !== textOf(job, 'column')) return undefined
  const { [field]: _ended, ...others } = stored.held ?? {}
  const { held: _held, ...rest } = stored
  const isUnique = [...(release.entityById(id)?.fields.values() ?? [])].some(
    (each) => each.id === field && each.isUnique,
  )
  const isPending = isUnique && (await isBigTable(transaction, stored.table))
  const next: EntityStorage = {
    ...rest,
    fields: { ...stored.fields, [field]: held.next },
    retired: { ...stored.retired, [before.column]: before.columnType },
    ...(Object.keys(others).length > 0 ? { held: others } : {}),
    ...(isPending ? { pending: [...new Set([...(stored.pending ?? []), field])] } : {}),
  }
  return { ...storage, entities: { ...storage.entities, [id]: next } }
}
