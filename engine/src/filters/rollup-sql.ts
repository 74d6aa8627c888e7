import { type Entity, type Field, type Release, type Rollup, timeZoneOf, valueTypeOf } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import { columnOf } from '../field-types/index.ts'
import { compileSql, compileWhere } from './compile-sql.ts'
import { type RecordPlace, recordResolver } from './record-resolver.ts'
import { columnSql, tableOf } from './record-tables.ts'
import { clockLiterals } from './sql-clock.ts'

/** Roll-ups that gather from the same records by the same lookup, and so are worked out together. */
export interface RollupGroup {
  readonly parent: Entity
  readonly child: Entity
  readonly by: Field
  readonly rollups: readonly Rollup[]
}

/** Roll-ups in groups. */
export function groupRollups(rollups: Iterable<Rollup>): RollupGroup[] {
  const groups = new Map<string, RollupGroup>()
  for (const rollup of rollups) {
    const { parent, child, by } = rollup
    const key = groupKey(rollup)
    groups.set(key, { parent, child, by, rollups: [...(groups.get(key)?.rollups ?? []), rollup] })
  }
  return [...groups.values()]
}

/** What roll-ups of one group have in common, as text. */
export function groupKey({ parent, child, by }: Omit<RollupGroup, 'rollups'>): string {
  return `${parent.name} ${child.name} ${by.name}`
}

/** Which parents a statement works on, as something to select from with a column `id`. */
export interface Parents extends Pick<RecordPlace, 'isFilled'> {
  readonly from: SQL
  readonly alias: string
}

/**
 * The statement that works out a group's roll-ups for some parents, from the records that are not in the trash. It
 * writes and returns (id) only the parents whose values change; their version stays.
 */
export function recomputeSql(release: Release, group: RollupGroup, parents: Parents): SQL {
  const { parent, child, by, rollups } = group
  const column = (index: number) => sql.identifier(`v${index}`)
  const place = { alias: 'c', isFilled: parents.isFilled }
  const values = rollups.map((rollup, index) => sql`${rollupSql(release, rollup, place)} as ${column(index)}`)
  const assignments = rollups.map(({ field }, index) => sql`${sql.identifier(field.column)} = n.${column(index)}`)
  const changes = rollups.map(
    ({ field }, index) => sql`${columnSql('p', field.column)} is distinct from n.${column(index)}`,
  )
  return sql`update ${tableOf(parent, 'p')} set ${sql.join(assignments, sql`, `)}
    from (select ${columnSql(parents.alias, 'id')}, v.* from ${parents.from} cross join lateral (
      select ${sql.join(values, sql`, `)} from ${tableOf(child, 'c')}
      where ${columnSql('c', by.column)} = ${columnSql(parents.alias, 'id')} and c.deleted_at is null
    ) v) n
    where p.id = n.id and (${sql.join(changes, sql` or `)}) returning p.id`
}

/** All records of the parent. */
export function allParents({ parent }: RollupGroup): Parents {
  return { from: tableOf(parent, 'k'), alias: 'k' }
}

/** The value of a roll-up over the rows of `place.alias`, as its column takes it. */
function rollupSql(release: Release, rollup: Rollup, place: Pick<RecordPlace, 'alias' | 'isFilled'>): SQL {
  const { field, child, value, where } = rollup
  // A roll-up never asks for the time, only for the company's zone.
  const clock = clockLiterals({ now: new Date(0), timeZone: timeZoneOf(release) })
  const resolver = recordResolver({ release, clock, entity: child, ...place })
  const argument = value === undefined ? sql`*` : compileSql(value, resolver, clock)
  const filter = where === undefined ? sql`` : sql` filter (where ${compileWhere(where, resolver, clock)})`
  const gathered = sql`(${sql.raw(rollup.function)}(${argument})${filter})`
  const scale = valueTypeOf(field).scale?.(field.settings)
  const settled = scale === undefined ? gathered : sql`round(${gathered}::numeric, ${scale}::int)`
  return sql`${settled}::${sql.raw(columnOf(field)?.sqlType(field) ?? 'numeric')}`
}
