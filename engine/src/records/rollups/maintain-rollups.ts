import type { Entity, Release } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import { groupsFrom, type RollupGroup, recomputeSql } from '../../filters/rollup-sql.ts'
import type { Connection } from '../../storage/connect.ts'
import { runRows } from '../../storage/statement.ts'
import { columnSql, type Reader, tableOf } from '../projection.ts'
import { statementFor } from '../statement-cache.ts'

/** Records of one entity that a write changed. */
export interface RecordChange {
  readonly entity: Entity
  readonly ids: readonly string[]
  /** Names of the changed fields, system ones included; undefined when the records came or went. */
  readonly fields: ReadonlySet<string> | undefined
  /** The records that changed lookups pointed to before, by the lookup's name. */
  readonly left: ReadonlyMap<string, readonly string[]>
}

/** Where roll-ups are maintained: in the transaction of the writes. */
export interface MaintainContext {
  readonly connection: Connection
  readonly reader: Pick<Reader, 'release'>
}

/**
 * Brings every roll-up up to date that these changes decide, and those above that these decide. Call it once per
 * transaction, after its writes: each round locks its parents in the order of their ids first, and works them out in
 * later statements, which see what others committed meanwhile. Parents keep version and `updated_at`.
 */
export async function maintainRollups(context: MaintainContext, changes: readonly RecordChange[]): Promise<void> {
  let pending = changes
  while (pending.length > 0) pending = await maintainOnce(context, pending)
}

/** Maintains the roll-ups that the changes feed directly; gives the changes that this makes. */
async function maintainOnce(context: MaintainContext, changes: readonly RecordChange[]): Promise<RecordChange[]> {
  const locked: { readonly tasks: readonly Task[]; readonly parents: readonly string[] }[] = []
  for (const tasks of byParent(tasksOf(context.reader.release, changes))) {
    locked.push({ tasks, parents: await lockParents(context, tasks) })
  }
  const made: RecordChange[] = []
  for (const { tasks, parents } of locked) {
    for (const { group } of tasks) {
      const ids = await recompute(context, group, parents)
      if (ids.length > 0) made.push({ entity: group.parent, ids, fields: namesOf(group), left: new Map() })
    }
  }
  return made
}

/** One group of roll-ups with the records whose parents it must look at, and parents that some have left. */
interface Task {
  readonly group: RollupGroup
  readonly children: Set<string>
  readonly left: Set<string>
}

function tasksOf(release: Release, changes: readonly RecordChange[]): Task[] {
  const tasks = new Map<string, Task>()
  for (const change of changes) {
    for (const group of groupsFrom(release, change.entity)) {
      if (!isDecidedBy(group, change)) continue
      const key = keyOf(group)
      const task = tasks.get(key) ?? { group, children: new Set(), left: new Set() }
      tasks.set(key, task)
      for (const id of change.ids) task.children.add(id)
      for (const id of change.left.get(group.by.name) ?? []) task.left.add(id)
    }
  }
  return [...tasks].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, task]) => task)
}

/**
 * The tasks by the entity of their parents. Everyone takes the entities in the same order and the records of each at
 * once, so that two transactions wait for one another in one direction only.
 */
function byParent(tasks: readonly Task[]): Task[][] {
  const parents = new Map<string, Task[]>()
  for (const task of tasks) {
    const { name } = task.group.parent
    parents.set(name, [...(parents.get(name) ?? []), task])
  }
  return [...parents.values()]
}

function isDecidedBy({ by, rollups }: RollupGroup, { fields }: RecordChange): boolean {
  if (fields === undefined || fields.has(by.name)) return true
  return rollups.some(({ reads }) => [...reads].some((name) => fields.has(name)))
}

function namesOf({ rollups }: RollupGroup): ReadonlySet<string> {
  return new Set(rollups.map(({ field }) => field.name))
}

/** Locks the parents of all tasks, which share their entity; gives the ids of those that are there. */
async function lockParents({ connection, reader }: MaintainContext, tasks: readonly Task[]): Promise<string[]> {
  const shape = tasks.map(({ group }) => keyOf(group)).join()
  const statement = statementFor(reader.release, `lock ${shape}`, () => lockSql(tasks.map(({ group }) => group)))
  const children = tasks.map((task, index): [string, string[]] => [`children${index}`, [...task.children]])
  const left = tasks.flatMap((task) => [...task.left])
  const rows = await runRows<{ id: string }>(connection, statement, { ...Object.fromEntries(children), left })
  return rows.map(({ id }) => id)
}

function lockSql(groups: readonly RollupGroup[]): SQL {
  const [first] = groups
  if (first === undefined) throw new Error('There is nothing to lock.')
  const current = groups.map(
    ({ child, by }, index) => sql`array(select ${columnSql('c', by.column)} from ${tableOf(child, 'c')}
      where c.id = any(${sql.placeholder(`children${index}`)}::uuid[]))`,
  )
  const ids = sql.join([...current, sql`${sql.placeholder('left')}::uuid[]`], sql` || `)
  // A child's foreign key holds its parent with a weaker lock, which `for update` would wait for.
  return sql`select p.id from ${tableOf(first.parent, 'p')} where p.id = any(${ids}) order by p.id for no key update of p`
}

async function recompute(
  { connection, reader }: MaintainContext,
  group: RollupGroup,
  parents: readonly string[],
): Promise<string[]> {
  if (parents.length === 0) return []
  const { release } = reader
  const statement = statementFor(release, `rollups ${keyOf(group)}`, () =>
    recomputeSql(release, group, { from: sql`unnest(${sql.placeholder('parents')}::uuid[]) as k(id)`, alias: 'k' }),
  )
  const rows = await runRows<{ id: string }>(connection, statement, { parents })
  return rows.map(({ id }) => id)
}

function keyOf({ parent, child, by }: RollupGroup): string {
  return `${parent.name} ${child.name} ${by.name}`
}
