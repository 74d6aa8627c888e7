import type { Entity, Field } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import { unworkableFormula } from '../../errors.ts'
import { groupKey, type RollupGroup, recomputeSql } from '../../filters/rollup-sql.ts'
import { workOutSql } from '../../filters/work-out-sql.ts'
import { sqlState } from '../../storage/in-transaction.ts'
import { runRows } from '../../storage/statement.ts'
import { ReleaseMoved } from '../on-live-release.ts'
import { statementFor } from '../statement-cache.ts'
import { lockTargets } from './lock-targets.ts'
import type { MaintainContext } from './maintain-context.ts'
import { planTasks, type Task } from './plan-tasks.ts'
import type { RecordChange } from './record-change.ts'

/**
 * Brings every roll-up and stored formula up to date that these changes decide, and those that these decide. Call it
 * once per transaction, after its writes: each round locks its records in the order of their ids first, and works them
 * out in later statements, which see what others committed meanwhile. They keep version and `updated_at`.
 * @throws Fault 422 when a formula cannot be worked out; ReleaseMoved
 */
export async function maintainKept(context: MaintainContext, changes: readonly RecordChange[]): Promise<void> {
  let pending = changes
  while (pending.length > 0) pending = await maintainOnce(context, pending)
}

/** Maintains what the changes decide directly; gives the changes that this makes. */
async function maintainOnce(context: MaintainContext, changes: readonly RecordChange[]): Promise<RecordChange[]> {
  const locked: { readonly task: Task; readonly ids: readonly string[] }[] = []
  for (const task of planTasks(context.reader.release, changes)) {
    locked.push({ task, ids: await lockTargets(context, task) })
  }
  const made: RecordChange[] = []
  for (const { task, ids } of locked) {
    if (ids.length === 0) continue
    for (const group of task.groups) made.push(...(await gather(context, group, ids)))
    if (task.formulas.length > 0) made.push(...(await workOut(context, task, ids)))
  }
  return made.filter((change) => change.ids.length > 0)
}

async function gather(context: MaintainContext, group: RollupGroup, ids: readonly string[]): Promise<RecordChange[]> {
  const { release } = context.reader
  const from = sql`unnest(${sql.placeholder('ids')}::uuid[]) as k(id)`
  const shape = `gather ${groupKey(group)}`
  const rows = await run(context, shape, () => recomputeSql(release, group, { from, alias: 'k' }), ids)
  const fields = new Set(group.rollups.map(({ field }) => field.name))
  return [{ entity: group.parent, ids: rows.map(({ id }) => id), fields, left: new Map() }]
}

async function workOut(
  context: MaintainContext,
  { entity, formulas }: Pick<Task, 'entity' | 'formulas'>,
  ids: readonly string[],
): Promise<RecordChange[]> {
  const { release } = context.reader
  const done = new Set(formulas.map(({ name }) => name))
  const where = sql`k.id = any(${sql.placeholder('ids')}::uuid[])`
  const compose = () => workOutSql(release, entity, formulas, { where, unread: entity.pending })
  try {
    const rows = await run(context, `work out ${entity.name} ${[...done].join()}`, compose, ids)
    return formulas.map(({ name }, index) => {
      const changed = rows.filter((row) => row[`d${index}`] === true).map(({ id }) => id)
      return { entity, ids: changed, fields: new Set([name]), left: new Map(), done }
    })
  } catch (error) {
    throw explain(error, entity, formulas)
  }
}

/** Class 22 is data that cannot be worked with. */
function explain(error: unknown, entity: Entity, formulas: readonly Field[]): unknown {
  return sqlState(error)?.startsWith('22') === true ? unworkableFormula(entity, formulas, error) : error
}

interface Row {
  readonly id: string
  readonly [name: string]: unknown
}

/**
 * Runs an update of the records with these ids, unless another release is live: it would maintain what is defined
 * otherwise by now. The update waits for a publish that holds its table, and looks only then.
 */
async function run(
  { connection, reader }: MaintainContext,
  shape: string,
  compose: () => SQL,
  ids: readonly string[],
): Promise<Row[]> {
  const statement = statementFor(
    reader.release,
    shape,
    () =>
      sql`with u as (${compose()}) select r.release, u.* from (select release from heddle.live) r left join u on true`,
  )
  const rows = await runRows<Row | { readonly id: null; readonly release: number }>(connection, statement, { ids })
  if (rows.some(({ release }) => release !== reader.release.number)) throw new ReleaseMoved()
  return rows.filter((row): row is Row => row.id !== null)
}
