import { type Parsed, readAs, type TextContext, unreadable, type ValueFault } from '../field-types/define-field-type.ts'
import { fieldTypeOf } from '../field-types/index.ts'
import { isObject, isWithin, type Json, type JsonObject, toPointer } from '../json.ts'
import type { Field } from './entity.ts'

/**
 * The stored form of a value as given: trimmed, rounded, ordered; empty text and empty lists are null. Runs before the
 * value is validated, so it takes anything and leaves alone what does not fit. Groups are normalised field by field.
 */
export function normaliseValue(field: Field, value: Json): Json {
  if (value === null) return null
  if (field.fields.size > 0) return isObject(value) ? normaliseFields(field.fields, value) : value
  const { normalise } = fieldTypeOf(field.type)
  return normalise === undefined ? value : normalise(value, field)
}

/** {@link normaliseValue} for the values of a record or group, by field; names that are no field stay for the schema. */
export function normaliseFields(fields: ReadonlyMap<string, Field>, values: JsonObject): JsonObject {
  // A loop of assignments: every write of every record comes through here.
  const result: { [name: string]: Json } = {}
  for (const name of Object.keys(values)) {
    const field = fields.get(name)
    const given = values[name] ?? null
    const value = field === undefined ? given : normaliseValue(field, given)
    if (name !== '__proto__') result[name] = value
    else Object.defineProperty(result, name, { value, enumerable: true, configurable: true, writable: true })
  }
  return result
}

/** What JSON Schema cannot say of a value that fits its schema; paths are JSON Pointers inside the value. */
export function checkValue(field: Field, value: Json): ValueFault[] {
  if (value === null) return []
  if (field.fields.size === 0) return fieldTypeOf(field.type).check?.(value, field) ?? []
  return isObject(value) ? checkFields(field.fields, value) : []
}

/** {@link checkValue} for the values of a record or group; paths begin with the field. */
export function checkFields(fields: ReadonlyMap<string, Field>, values: JsonObject): ValueFault[] {
  return [...fields.values()].flatMap((field) =>
    checkValue(field, ownValueOf(values, field)).map((fault) => ({
      ...fault,
      path: `${toPointer([field.name])}${fault.path}`,
    })),
  )
}

/**
 * {@link checkFields} for values of which faults are known already: those are left out, for a check may rely on the
 * shape of its value. `at` is where the values stand, the paths of the known faults and of the new ones include it.
 */
export function checkOtherFields(
  fields: ReadonlyMap<string, Field>,
  values: JsonObject,
  known: readonly { readonly path: string }[],
  at = '',
): ValueFault[] {
  const isKnown = (name: string) => known.some(({ path }) => isWithin(path, at + toPointer([name])))
  const others = Object.entries(values).filter(([name]) => !isKnown(name))
  return checkFields(fields, Object.fromEntries(others)).map((fault) => ({ ...fault, path: at + fault.path }))
}

/** A value as people read it in lists and exports; empty for null. */
export function textOfValue(field: Field, value: Json, context: TextContext): string {
  if (value === null) return ''
  if (field.fields.size === 0) return fieldTypeOf(field.type).toText(value, field, context)
  if (!isObject(value)) return ''
  return [...field.fields.values()]
    .map((part) => ({ title: part.title, text: textOfValue(part, ownValueOf(value, part), context) }))
    .filter(({ text }) => text !== '')
    .map(({ title, text }) => `${title}: ${text}`)
    .join('; ')
}

/** The normalised value that people wrote in a cell, or why it cannot be read. Blank text is null. */
export function valueOfText(field: Field, text: string, context: TextContext): Parsed {
  if (text.trim() === '') return readAs(null)
  const { fromText } = fieldTypeOf(field.type)
  if (fromText === undefined) {
    return unreadable('text.unsupported', `“${field.title}” cannot be read from one text; leave its column out.`)
  }
  const read = fromText(text, field, context)
  return read.ok ? readAs(normaliseValue(field, read.value)) : read
}

function ownValueOf(values: JsonObject, field: Field): Json {
  return (Object.hasOwn(values, field.name) ? values[field.name] : null) ?? null
}
