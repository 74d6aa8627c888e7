import { type Hop, wayOf } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import { columnSql, tableOf } from '../../filters/record-tables.ts'
import { runRows } from '../../storage/statement.ts'
import { statementFor } from '../statement-cache.ts'
import { holdAround, holdsAbove, isHeld } from './hold-around.ts'
import type { MaintainContext } from './maintain-context.ts'
import type { Task } from './plan-tasks.ts'

/**
 * Holds the records of a task in the order of their ids, after what is above them; gives the ids of all. Those that
 * changed themselves are held already.
 */
export async function lockTargets(context: MaintainContext, task: Task): Promise<string[]> {
  const { entity, own, ways } = task
  if (ways.length === 0) return [...own]
  if (holdsAbove(context.reader.release, entity)) {
    const found = await findTargets(context, task, 'find')
    if (isHeld(context.connection, entity, found)) return [...new Set([...own, ...found])]
    await holdAround(context, entity, { ids: found })
  }
  return [...new Set([...own, ...(await findTargets(context, task, 'lock'))])]
}

async function findTargets(
  { connection, reader }: MaintainContext,
  task: Task,
  how: 'find' | 'lock',
): Promise<string[]> {
  const { entity, ways } = task
  const shape = `${how} ${entity.name} ${ways.map(({ hops }) => wayOf(hops)).join('; ')}`
  // A foreign key holds what it points to with a weaker lock, which `for update` would wait for.
  const strength = how === 'lock' ? sql` for no key update of p` : sql``
  const statement = statementFor(reader.release, shape, () => sql`${targetsSql(task)}${strength}`)
  const values = ways.flatMap(({ ids, left }, index) => [
    [`ids${index}`, ids],
    [`left${index}`, left],
  ])
  const rows = await runRows<{ id: string }>(connection, statement, Object.fromEntries(values))
  return rows.map(({ id }) => id)
}

function targetsSql({ entity, ways }: Pick<Task, 'entity' | 'ways'>): SQL {
  const ids = sql.join(
    ways.map(({ hops }, index) => idsAtStart(hops, index)),
    sql` || `,
  )
  return sql`select p.id from ${tableOf(entity, 'p')} where p.id = any(${ids}) order by p.id`
}

/** The records from which a way leads to the changed ones, or led before they left. */
function idsAtStart(hops: readonly Hop[], index: number): SQL {
  const changed = sql`${sql.placeholder(`ids${index}`)}::uuid[]`
  const isLeft = hops.at(-1)?.kind === 'inverse'
  return [...hops].reverse().reduce<SQL>((ids, hop, step) => {
    const before = idsBefore(hop, ids)
    return step === 0 && isLeft ? sql`(${before} || ${sql.placeholder(`left${index}`)}::uuid[])` : before
  }, changed)
}

/** One step back: the records that point to these, or those that these point to. */
function idsBefore({ kind, from, field, to }: Hop, ids: SQL): SQL {
  const column = columnSql('h', field.column)
  return kind === 'lookup'
    ? sql`array(select h.id from ${tableOf(from, 'h')} where ${column} = any(${ids}))`
    : sql`array(select ${column} from ${tableOf(to, 'h')} where h.id = any(${ids}))`
}
