import { type Field, type FieldType, fieldTypeOf } from '@heddle/metadata'
import { bindScalar, type ColumnDefinition, roundHalfUp } from './define-column.ts'

const text: ColumnDefinition = { sqlType: 'text', bind: bindScalar, isCollated: true }
const decimal: ColumnDefinition = {
  sqlType: 'numeric',
  bind: (value, field) => {
    const scale = fieldTypeOf(field.type).scale?.(field.settings)
    return typeof value === 'number' && scale !== undefined ? roundHalfUp(value, scale) : bindScalar(value)
  },
}

/** The engine half of every field type that has a column; null for those that have none. */
export const columns = {
  text,
  number: decimal,
  select: { sqlType: 'text', bind: bindScalar },
  date: { sqlType: 'date', bind: bindScalar },
  lookup: { sqlType: 'uuid', bind: bindScalar },
  lines: null,
} satisfies { [K in FieldType]: ColumnDefinition | null }

/** The column of a field type, null when its values live elsewhere. */
export function columnOf(type: FieldType): ColumnDefinition | null {
  return columns[type]
}

/** True when the field's values live in a column of its entity's table. */
export function hasColumn(field: Field): boolean {
  return columnOf(field.type) !== null && fieldTypeOf(field.type).source !== 'children'
}
