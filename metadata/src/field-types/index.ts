import { date } from './date.ts'
import type { FieldTypeDefinition } from './define-field-type.ts'
import { lines } from './lines.ts'
import { lookup } from './lookup.ts'
import { number } from './number.ts'
import { select } from './select.ts'
import { text } from './text.ts'

/** Every field type by name; a new one is its file and its line here. */
export const fieldTypes = {
  text,
  number,
  select,
  date,
  lookup,
  lines,
} as const satisfies { [name: string]: FieldTypeDefinition }

/** The name of a field type. */
export type FieldType = keyof typeof fieldTypes

const byName: ReadonlyMap<string, FieldTypeDefinition> = new Map(Object.entries(fieldTypes))

/** True when there is a field type of that name. */
export function isFieldType(name: string): name is FieldType {
  return byName.has(name)
}

/** The shared half of a field type. */
export function fieldTypeOf(name: FieldType): FieldTypeDefinition {
  return fieldTypes[name]
}
