import {
  asText,
  checkExpression,
  type Entity,
  type Field,
  type Release,
  recordScope,
  type TypedExpression,
  valueTypeOf,
} from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import { resultColumnOf } from '../field-types/index.ts'

const memory = new WeakMap<Release, Map<string, TypedExpression | undefined>>()

/** The checked expression of a formula; undefined when it does not fit, which a release holds none of. */
export function formulaOf(release: Release, entity: Entity, field: Field): TypedExpression | undefined {
  const known = memory.get(release) ?? new Map<string, TypedExpression | undefined>()
  memory.set(release, known)
  const key = `${entity.name}.${field.name}`
  if (!known.has(key)) {
    const checked = checkExpression(asText(field.settings.expression) ?? '', recordScope(release, entity))
    known.set(key, checked.ok ? checked.expression : undefined)
  }
  return known.get(key)
}

/** What an expression gives as a value of a computed field: a number rounded to the field's scale. */
export function resultOf(field: Field, value: SQL): SQL {
  const column = resultColumnOf(field)
  if (column?.ofResult !== undefined) return column.ofResult(value)
  const scale = valueTypeOf(field).scale?.(field.settings)
  return scale === undefined ? value : sql`round(${value}::numeric, ${scale}::int)`
}
