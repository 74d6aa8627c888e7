import { durationParts, type FeelType, hasOffset, type Literal } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import type { SqlClock } from './sql-clock.ts'

const castOf: { readonly [K in FeelType['kind']]: string } = {
  text: 'text',
  id: 'uuid',
  option: 'text',
  number: 'numeric',
  boolean: 'boolean',
  date: 'date',
  datetime: 'timestamptz',
  time: 'time',
  'days-duration': 'interval',
  'months-duration': 'interval',
  list: 'text',
  context: 'text',
  null: 'text',
  unknown: 'text',
}

/** A literal as a bound parameter of its type. */
export function compileLiteral({ type, value }: Literal, clock: SqlClock): SQL {
  if (value === null) return sql`null`
  if (type.kind === 'datetime' && !hasOffset(String(value))) {
    return sql`(${value}::timestamp at time zone ${clock.zone})`
  }
  const cast = sql.raw(castOf[type.kind])
  if (typeof value === 'boolean') return sql`${value}::${cast}`
  return sql`${castOf[type.kind] === 'interval' ? intervalText(value) : String(value)}::${cast}`
}

/** A list of compiled values as an array. */
export function compileListOf(type: FeelType, items: readonly SQL[]): SQL {
  const cast = type.kind === 'list' ? castOf[type.of.kind] : 'text'
  return sql`array[${sql.join([...items], sql`, `)}]::${sql.raw(cast)}[]`
}

function intervalText(value: string | number | boolean): string {
  const parts = durationParts(String(value)) ?? { months: 0 }
  return 'months' in parts ? `${parts.months} months` : `${parts.days} days ${parts.milliseconds / 1000} seconds`
}
