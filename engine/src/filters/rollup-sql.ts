import { type Release, type Rollup, timeZoneOf, valueTypeOf } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import { columnOf } from '../field-types/index.ts'
import { compileSql, compileWhere } from './compile-sql.ts'
import type { SqlResolver } from './compiling.ts'
import { type RecordPlace, recordResolver } from './record-resolver.ts'
import { columnSql, tableOf } from './record-tables.ts'
import { clockLiterals, type SqlClock } from './sql-clock.ts'

/** Roll-ups that gather from the same records by the same lookup and field of their cap, and so are worked out together. */
export interface RollupGroup extends Pick<Rollup, 'parent' | 'child' | 'by' | 'cap'> {
  readonly rollups: readonly Rollup[]
}

/** Roll-ups in groups. */
export function groupRollups(rollups: Iterable<Rollup>): RollupGroup[] {
  const groups = new Map<string, RollupGroup>()
  for (const rollup of rollups) {
    const { parent, child, by, cap } = rollup
    const key = groupKey(rollup)
    groups.set(key, { parent, child, by, cap, rollups: [...(groups.get(key)?.rollups ?? []), rollup] })
  }
  return [...groups.values()]
}

/** What roll-ups of one group have in common, as text. */
export function groupKey({ parent, child, by, cap }: Omit<RollupGroup, 'rollups'>): string {
  return `${parent.name} ${child.name} ${by.name}${cap === undefined ? '' : ` ${cap.per}`}`
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
  const { parent, rollups } = group
  const values = rollups.map((_, index) => columnSql('n', column(index)))
  const assignments = rollups.map(({ field }, index) => sql`${sql.identifier(field.column)} = ${values[index]}`)
  const changes = rollups.map(
    ({ field }, index) => sql`${columnSql('p', field.column)} is distinct from ${values[index]}`,
  )
  return sql`update ${tableOf(parent, 'p')} set ${sql.join(assignments, sql`, `)}
    from (select ${columnSql(parents.alias, 'id')}, v.* from ${parents.from} cross join lateral (
      ${gatherSql(release, group, parents)}
    ) v) n
    where p.id = n.id and (${sql.join(changes, sql` or `)}) returning p.id`
}

/** Selects the group's values, by their place, over the records of the parent in `parents`. */
function gatherSql(release: Release, { child, by, cap, rollups }: RollupGroup, parents: Parents): SQL {
  // A roll-up never asks for the time, only for the company's zone.
  const clock = clockLiterals({ now: new Date(0), timeZone: timeZoneOf(release) })
  const resolver = recordResolver({ release, clock, entity: child, alias: 'c', isFilled: parents.isFilled })
  const gather = (rollup: Rollup) => aggregateSql(rollup, resolver, clock)
  const records = sql`from ${tableOf(child, 'c')}
      where ${columnSql('c', by.column)} = ${columnSql(parents.alias, 'id')} and c.deleted_at is null`
  const settle = (gathered: (rollup: Rollup, index: number) => SQL) =>
    rollups.map((rollup, index) => settledSql(rollup, gathered(rollup, index)))
  if (cap === undefined) return selectSql(settle(gather), records)
  const shares = sql`${selectSql(rollups.map(gather), records)} group by ${compileSql(cap.value, resolver, clock)}`
  return selectSql(
    settle((rollup, index) => cappedSql(rollup, columnSql('s', column(index)))),
    sql`from (${shares}) s`,
  )
}

const column = (index: number) => `v${index}`

function selectSql(values: readonly SQL[], from: SQL): SQL {
  const columns = values.map((value, index) => sql`${value} as ${sql.identifier(column(index))}`)
  return sql`select ${sql.join(columns, sql`, `)} ${from}`
}

/** All records of the parent. */
export function allParents({ parent }: RollupGroup): Parents {
  return { from: tableOf(parent, 'k'), alias: 'k' }
}

function aggregateSql({ value, where, ...rollup }: Rollup, resolver: SqlResolver, clock: SqlClock): SQL {
  const argument = value === undefined ? sql`*` : compileSql(value, resolver, clock)
  const filter = where === undefined ? sql`` : sql` filter (where ${compileWhere(where, resolver, clock)})`
  return sql`(${sql.raw(rollup.function)}(${argument})${filter})`
}

/** The sum of the shares; a share without a value adds nothing, though `least` would give it the whole cap. */
function cappedSql({ cap, ...rollup }: Rollup, share: SQL): SQL {
  const sum = sql`sum(least(${share}, ${cap?.atMost}::numeric)) filter (where ${share} is not null)`
  return rollup.function === 'count' ? sql`coalesce(${sum}, 0)` : sum
}

/** A value as the roll-up's column takes it. */
function settledSql({ field }: Rollup, value: SQL): SQL {
  const scale = valueTypeOf(field).scale?.(field.settings)
  const settled = scale === undefined ? value : sql`round(${value}::numeric, ${scale}::int)`
  return sql`${settled}::${sql.raw(columnOf(field)?.sqlType(field) ?? 'numeric')}`
}
