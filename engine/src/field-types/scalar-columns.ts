import { roundHalfUp, valueTypeOf } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import { bindScalar, type ColumnDefinition } from './define-column.ts'

/** Text that people read: sorted by the company's collation. */
export const prose: ColumnDefinition = { sqlType: () => 'text', bind: bindScalar, isCollated: true }

/** Text that machines read: keys and ISO forms. */
export const code: ColumnDefinition = { sqlType: () => 'text', bind: bindScalar }

/** Decimal numbers, rounded to the field's scale. */
export const decimal: ColumnDefinition = {
  sqlType: () => 'numeric',
  bind: (value, field) => {
    const scale = valueTypeOf(field).scale?.(field.settings)
    return typeof value === 'number' && scale !== undefined ? roundHalfUp(value, scale) : bindScalar(value)
  },
}

/** Columns of the types whose values are one JSON scalar; computed fields have one of these, too. */
export const scalarColumns = {
  text: prose,
  integer: { sqlType: () => 'bigint', bind: bindScalar },
  number: decimal,
  percent: decimal,
  money: decimal,
  measure: decimal,
  boolean: { sqlType: () => 'boolean', bind: bindScalar },
  date: { sqlType: () => 'date', bind: bindScalar },
  datetime: { sqlType: () => 'timestamptz', bind: bindScalar },
  time: { sqlType: () => 'time', bind: bindScalar },
  duration: { ...code, ofResult: durationText },
} satisfies { readonly [type: string]: ColumnDefinition }

const byName: ReadonlyMap<string, ColumnDefinition> = new Map(Object.entries(scalarColumns))

/** The column of what a computed field returns. */
export const returned: ColumnDefinition = {
  sqlType: (field) => returnedColumn(field.settings.returns).sqlType(field),
  bind: (value, field) => returnedColumn(field.settings.returns).bind(value, field),
}

/** The column of the type that `returns` names. */
export function returnedColumn(returns: unknown): ColumnDefinition {
  return byName.get(String(returns)) ?? decimal
}

/** An interval, whose parts have one sign, as ISO 8601 text. */
function durationText(interval: SQL): SQL {
  const part = (unit: string, letter: string) =>
    sql.raw(`nullif(trim_scale(abs(extract(${unit} from d.value))), 0) || '${letter}'`)
  const date = sql`concat(${part('year', 'Y')}, ${part('month', 'M')}, ${part('day', 'D')})`
  const time = sql`concat(${part('hour', 'H')}, ${part('minute', 'M')}, ${part('second', 'S')})`
  const sign = sql`case when extract(epoch from d.value) < 0 then '-' end`
  return sql`(select case extract(epoch from d.value) when 0 then 'PT0S'
    else concat(${sign}, 'P', ${date}, 'T' || nullif(${time}, '')) end
    from (select justify_hours(${interval}) as value) d where d.value is not null)`
}
