import {
  type Entity,
  type Field,
  fieldTypeOf,
  isStored,
  type JsonObject,
  numberedFields,
  type Release,
  textOfValue,
  timeZoneOf,
} from '@heddle/metadata'
import { columnOf, hasColumn } from '../field-types/index.ts'
import { fieldMark } from '../search/field-mark.ts'
import { mostTokens, tokensOf } from '../search/tokens.ts'
import type { Parameter } from '../storage/connect.ts'

/** The fields whose columns a client's values go to. */
export function writableFields(entity: Entity): Field[] {
  return [...entity.fields.values()].filter(
    (field) => hasColumn(field) && fieldTypeOf(field.type).source !== 'computed',
  )
}

/** The fields whose columns a new record fills: those of clients and the engine's numbers. */
export function insertedFields(entity: Entity): Field[] {
  return [...writableFields(entity), ...numberedFields(entity).map(({ field }) => field)]
}

/** The values of the given fields as parameters, by the name of their placeholder. */
export function bindFields(fields: readonly Field[], values: JsonObject): Record<string, Parameter> {
  const bound: Record<string, Parameter> = {}
  for (const field of fields) {
    const value = values[field.name]
    bound[`f_${field.name}`] =
      value === undefined || value === null ? null : (columnOf(field)?.bind(value, field) ?? null)
  }
  return bound
}

/** A record's text for search as the text form of a tsvector, null when the entity is not searched. */
export function searchVector(release: Release, entity: Entity, values: JsonObject): string | null {
  if (entity.search.length === 0) return null
  const marks = new Map<string, number[]>()
  for (const name of entity.search) {
    const field = entity.fields.get(name)
    const value = values[name]
    if (field === undefined || isStored(field) || value === undefined || value === null) continue
    for (const token of tokensOf(textOfValue(field, value, { timeZone: timeZoneOf(release) }))) {
      const known = marks.get(token)
      if (known !== undefined) known.push(fieldMark(field.id))
      else if (marks.size < mostTokens) marks.set(token, [fieldMark(field.id)])
    }
  }
  // Tokens hold letters and digits only.
  return [...marks].map(([token, fields]) => `'${token}':${fields.join()}`).join(' ')
}
