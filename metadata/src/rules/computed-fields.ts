import { fieldTypeOf } from '../field-types/index.ts'
import type { Entity, Field } from '../release/entity.ts'

/** True for what the engine works out and no client writes. */
export function isComputed(field: Field): boolean {
  return fieldTypeOf(field.type).source === 'computed'
}

/** The fields of an entity that hold child records. */
export function linesFields(entity: Entity): Field[] {
  return [...entity.fields.values()].filter((field) => fieldTypeOf(field.type).source === 'children')
}
