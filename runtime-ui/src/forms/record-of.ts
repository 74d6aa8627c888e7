import { type Entity, type Field, type Json, type JsonObject, normaliseValue, type Release } from '@heddle/metadata'
import { isBlankLine, isChildren, isWritten, linesOf } from '../fields/record-values.ts'

/**
 * The record that a form stands for as expressions see it: values in their stored form, lines without the rows nobody
 * touched, what the system and the engine wrote as `read`. What nobody has given stays absent, so that it may have a
 * default.
 */
export function recordOf(release: Release, entity: Entity, values: JsonObject, read: JsonObject = {}): JsonObject {
  const { _related, _meta, _key, ...record }: JsonObject = { ...read }
  for (const field of entity.fields.values()) {
    if (!isWritten(field)) continue
    const value = values[field.name]
    if (isChildren(field)) record[field.name] = recordLines(release, field, value)
    else if (value === undefined) delete record[field.name]
    else record[field.name] = normaliseValue(field, value)
  }
  return record
}

/** The lines somebody wrote something into. */
export function filledLines(value: Json | undefined): JsonObject[] {
  return linesOf(value).filter((line) => !isBlankLine(line))
}

/** The way back stands in every line, as the engine will set it. */
function recordLines(release: Release, { settings }: Field, value: Json | undefined): JsonObject[] {
  const child = release.entity(String(settings.entity))
  if (child === undefined) return []
  return filledLines(value).map((line) => ({
    ...recordOf(release, child, line, line),
    [String(settings.by)]: 'parent',
  }))
}
