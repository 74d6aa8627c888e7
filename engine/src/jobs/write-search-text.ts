import { asObject, type Entity, type Release } from '@heddle/metadata'
import { sql } from 'drizzle-orm'
import { searchVector } from '../records/bind-values.ts'
import { tableOf } from '../records/projection.ts'
import { currentColumns } from '../records/read-current.ts'
import type { Database, Transaction } from '../storage/connect.ts'
import { inTransaction } from '../storage/in-transaction.ts'
import { renderStatement, runRows } from '../storage/statement.ts'
import { JobCancelled, type JobKind, textOf } from './job.ts'

const batchRows = 500
const firstId = '00000000-0000-0000-0000-000000000000'

interface Row {
  readonly id: string
  readonly values: string
}

/** Writes the text for search of every record anew; what is written meanwhile is right already. */
export const writeSearchText: JobKind = async (job, context) => {
  const { database } = context
  const { release } = context.live
  const entity = release.entityById(textOf(job, 'entity'))
  if (entity === undefined) throw new JobCancelled()
  const [count] = await database<{ total: number }[]>`select count(*)::int as total from app.${database(entity.table)}`
  const total = count?.total ?? 0
  let done = job.done
  let after = typeof job.detail.after === 'string' ? job.detail.after : firstId
  while (!context.stopping.aborted) {
    const batch = await inTransaction(database, async (transaction) => {
      const rows = await lockBatch(transaction, entity, after)
      await writeTokens(transaction, release, entity, rows)
      const last = rows.at(-1)?.id ?? after
      if (rows.length > 0) {
        await context.report(transaction, { done: done + rows.length, total, detail: { ...job.detail, after: last } })
      }
      return { rows: rows.length, last }
    })
    if (batch.rows === 0) return { state: 'done' }
    done += batch.rows
    after = batch.last
  }
  return { state: 'paused' }
}

/** Locked, so that no write comes between reading the values and writing their words. */
function lockBatch(transaction: Transaction, entity: Entity, after: string): Promise<Row[]> {
  const statement = renderStatement(
    sql`select t.id::text as id, ${currentColumns(entity)} as values from ${tableOf(entity, 't')}
      where t.id > ${sql.placeholder('after')}::uuid order by t.id limit ${sql.raw(String(batchRows))} for update of t`,
  )
  return runRows<Row>(transaction, statement, { after })
}

async function writeTokens(
  connection: Database | Transaction,
  release: Release,
  entity: Entity,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return
  const texts = rows.map(({ values }) => searchVector(release, entity, asObject(JSON.parse(values))))
  await connection`
    update app.${connection(entity.table)} set _search = made.search::tsvector
    from unnest(${rows.map((row) => row.id)}::uuid[], ${texts}::text[]) as made (id, search)
    where ${connection(entity.table)}.id = made.id`
}
