import { type Field, valueTypeOf } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import { resultColumnOf } from '../field-types/index.ts'

/** What an expression gives as a value of a computed field: a number rounded to the field's scale. */
export function resultOf(field: Field, value: SQL): SQL {
  const column = resultColumnOf(field)
  if (column?.ofResult !== undefined) return column.ofResult(value)
  const scale = valueTypeOf(field).scale?.(field.settings)
  return scale === undefined ? value : sql`round(${value}::numeric, ${scale}::int)`
}
