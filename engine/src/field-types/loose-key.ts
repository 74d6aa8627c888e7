import { type Field, valueTypeOf } from '@heddle/metadata'

/**
 * SQL of what is equal for values that are the same to people: texts ignoring case and surrounding space, as a digest
 * so that any length fits an index. `value` is SQL of a value of the field.
 */
export function looseKey(field: Field, value: string): string {
  return isLooseText(field) ? `md5(lower(btrim(${value})))` : value
}

/** True for fields whose texts {@link looseKey} compares loosely. */
export function isLooseText(field: Field): boolean {
  return valueTypeOf(field).feel === 'text'
}
