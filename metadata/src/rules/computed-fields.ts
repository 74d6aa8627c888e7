import type { Numbering } from '../field-types/define-field-type.ts'
import { fieldTypeOf } from '../field-types/index.ts'
import type { Entity, Field } from '../release/entity.ts'

/** True for what the engine works out and no client writes. */
export function isComputed(field: Field): boolean {
  return fieldTypeOf(field.type).source === 'computed'
}

/** True for a formula whose values are kept in a column instead of worked out when read. */
export function isStored({ settings }: Pick<Field, 'settings'>): boolean {
  return settings.stored === true
}

/** The fields of an entity that hold child records. */
export function linesFields(entity: Entity): readonly Field[] {
  const known = lines.get(entity)
  if (known !== undefined) return known
  const found = [...entity.fields.values()].filter((field) => fieldTypeOf(field.type).source === 'children')
  lines.set(entity, found)
  return found
}

// Every write of every record asks.
const lines = new WeakMap<Entity, readonly Field[]>()

/** A field that the engine numbers, and how. */
export interface NumberedField {
  readonly field: Field
  readonly numbering: Numbering
}

/** The fields of an entity whose values are numbers given at creation. */
export function numberedFields(entity: Entity): NumberedField[] {
  return [...entity.fields.values()].flatMap((field) => {
    const numbering = fieldTypeOf(field.type).numbers?.(field.settings)
    return numbering === undefined ? [] : [{ field, numbering }]
  })
}
