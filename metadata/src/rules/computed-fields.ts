import { fieldTypeOf } from '../field-types/index.ts'
import type { Field } from '../release/entity.ts'

/** True for what the engine works out and no client writes. */
export function isComputed(field: Field): boolean {
  return fieldTypeOf(field.type).source === 'computed'
}
