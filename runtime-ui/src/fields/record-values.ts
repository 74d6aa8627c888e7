import { asObject, type Entity, type Field, fieldTypeOf, isObject, type Json, type JsonObject } from '@heddle/metadata'

/** Key under which a form tells its lines apart; never sent. */
export const lineKey = '_key'

/** The values a form edits: every field by name, null when empty, `_related` labels as read. */
export function valuesOf(entity: Entity, record: JsonObject): JsonObject {
  const values: JsonObject = { _related: asObject(record._related) }
  for (const field of entity.fields.values()) values[field.name] = formValue(field, record[field.name] ?? null)
  return values
}

/** The values of a new record: what the opener gave. Everything else is absent, so that defaults fill it in. */
export function newValues(entity: Entity, given: JsonObject = {}): JsonObject {
  const all = Object.entries(valuesOf(entity, given))
  return Object.fromEntries(all.filter(([name]) => name === '_related' || given[name] !== undefined))
}

/** A line without values. */
export function newLine(values: JsonObject = {}): JsonObject {
  return { ...values, [lineKey]: nextKey() }
}

/** Whether clients write the field at all. */
export function isWritten(field: Field): boolean {
  return fieldTypeOf(field.type).source !== 'computed'
}

/** Whether a new record has a value there that nobody gave. */
export function hasDefault({ source, dynamic }: Field): boolean {
  return source.default !== undefined || dynamic.default !== undefined
}

/** Whether the field's value is the lines of another entity. */
export function isChildren(field: Field): boolean {
  return fieldTypeOf(field.type).source === 'children'
}

/** The lines of a value, none when there are none. */
export function linesOf(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

/** True for a line that nobody wrote anything into. */
export function isBlankLine(line: JsonObject): boolean {
  return Object.entries(line).every(([name, value]) => name.startsWith('_') || value === null)
}

function formValue(field: Field, value: Json): Json {
  if (!isChildren(field)) return value
  return linesOf(value).map((line) => ({ ...line, [lineKey]: line[lineKey] ?? line.id ?? nextKey() }))
}

let keys = 0

function nextKey(): string {
  keys += 1
  return `new-${Date.now().toString(36)}-${keys}`
}
