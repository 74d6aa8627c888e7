import { roundHalfUp, valueTypeOf } from '@heddle/metadata'
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
  duration: code,
} satisfies { readonly [type: string]: ColumnDefinition }

const byName: ReadonlyMap<string, ColumnDefinition> = new Map(Object.entries(scalarColumns))

/** The column of what a computed field returns. */
export const returned: ColumnDefinition = {
  sqlType: (field) => returnedColumn(field.settings.returns).sqlType(field),
  bind: (value, field) => returnedColumn(field.settings.returns).bind(value, field),
}

function returnedColumn(returns: unknown): ColumnDefinition {
  return byName.get(String(returns)) ?? decimal
}
