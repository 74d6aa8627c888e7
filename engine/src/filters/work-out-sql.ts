import { type Entity, type Field, type Release, timeZoneOf } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import { columnOf } from '../field-types/index.ts'
import { compileField, type RecordPlace } from './record-resolver.ts'
import { columnSql, tableOf } from './record-tables.ts'
import { clockLiterals } from './sql-clock.ts'

/** Which records a statement works stored formulas out for, and how. */
export interface Working extends Pick<RecordPlace, 'isFilled'> {
  /** A condition on the records, under the alias `k`; all when undefined. */
  readonly where?: SQL
  /** Ids of fields whose values count as changed whatever the column held, because nobody reads it yet. */
  readonly unread?: ReadonlySet<string>
}

/**
 * The statement that works out stored formulas of an entity. It writes and returns only the records of which a value
 * changes, as `id` and for each field, by its place, `d0…`: whether it is that one. Their version stays.
 */
export function workOutSql(release: Release, entity: Entity, fields: readonly Field[], working: Working = {}): SQL {
  // A stored formula never asks for the time, only for the company's zone.
  const clock = clockLiterals({ now: new Date(0), timeZone: timeZoneOf(release) })
  const { where, unread, ...how } = working
  const place = { release, entity, clock, alias: 'k', anew: { alias: 'k', fields: new Set(fields) }, ...how }
  const name = (prefix: string, index: number) => sql.identifier(`${prefix}${index}`)
  const values = fields.flatMap((field, index) => [
    sql`${compileField(place, field)}::${sql.raw(columnOf(field)?.sqlType(field) ?? 'text')} as ${name('v', index)}`,
    sql`${columnSql('k', field.column)} as ${name('o', index)}`,
  ])
  const assignments = fields.map(({ column }, index) => sql`${sql.identifier(column)} = n.${name('v', index)}`)
  const changes = fields.map(({ id }, index) =>
    unread?.has(id) === true ? sql`true` : sql`n.${name('o', index)} is distinct from n.${name('v', index)}`,
  )
  // Materialized, or each value would be worked out where it is compared and again where it is written.
  return sql`with n as materialized (
      select k.id, ${sql.join(values, sql`, `)} from ${tableOf(entity, 'k')}${where === undefined ? sql`` : sql` where ${where}`}
    ) update ${tableOf(entity, 'p')} set ${sql.join(assignments, sql`, `)} from n
    where p.id = n.id and (${sql.join(changes, sql` or `)})
    returning p.id, ${sql.join(
      changes.map((change, index) => sql`${change} as ${name('d', index)}`),
      sql`, `,
    )}`
}
