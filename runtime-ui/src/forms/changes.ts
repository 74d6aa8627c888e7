import {
  type Entity,
  type Field,
  isEqual,
  isObject,
  type Json,
  type JsonObject,
  normaliseValue,
  type Release,
} from '@heddle/metadata'
import { hasDefault, isChildren, isWritten, lineKey, linesOf } from '../fields/record-values.ts'
import { filledLines } from './record-of.ts'

/**
 * The body that creates a record: what is filled in, null for a default that was cleared, lines without the rows nobody
 * touched.
 */
export function creationOf(release: Release, entity: Entity, values: JsonObject): JsonObject {
  const body: JsonObject = {}
  for (const field of entity.fields.values()) {
    if (!isWritten(field)) continue
    const value = isChildren(field)
      ? newLines(release, field, values[field.name])
      : stored(field, values[field.name] ?? null)
    const isCleared = values[field.name] === null && hasDefault(field)
    if (value !== null || isCleared) body[field.name] = value
  }
  return body
}

/** The merge patch (RFC 7396) that takes a record from `before` to `after`; empty when they are the same. */
export function changesOf(release: Release, entity: Entity, before: JsonObject, after: JsonObject): JsonObject {
  const patch: JsonObject = {}
  for (const field of entity.fields.values()) {
    if (!isChanged(field, before, after)) continue
    const from = before[field.name] ?? null
    const to = after[field.name] ?? null
    patch[field.name] = isChildren(field) ? changedLines(release, field, from, to) : replaced(from, stored(field, to))
  }
  return patch
}

/** The fields that differ between two states of a form, in the entity's order. */
export function changedFields(entity: Entity, before: JsonObject, after: JsonObject): Field[] {
  return [...entity.fields.values()].filter((field) => isChanged(field, before, after))
}

function isChanged(field: Field, before: JsonObject, after: JsonObject): boolean {
  if (!isWritten(field)) return false
  const from = before[field.name] ?? null
  const to = after[field.name] ?? null
  if (isChildren(field)) return !isEqual(comparableLines(from), comparableLines(to))
  return !isEqual(withoutEmptyParts(from), withoutEmptyParts(to))
}

/** A merge patch keeps the keys it does not name, so a key that went is said to be null. */
function replaced(from: Json, to: Json): Json {
  if (!isObject(from) || !isObject(to)) return to
  const gone = Object.fromEntries(Object.keys(from).map((name) => [name, null] as const))
  return { ...gone, ...to }
}

function stored(field: Field, value: Json): Json {
  return normaliseValue(field, withoutEmptyParts(value))
}

/** An object all of whose parts are empty is no value. */
function withoutEmptyParts(value: Json): Json {
  if (!isObject(value)) return value
  const parts = Object.entries(value).filter(([, part]) => part !== null)
  return parts.length === 0 ? null : Object.fromEntries(parts)
}

function comparableLines(value: Json): Json {
  return filledLines(value).map(({ _related, [lineKey]: _key, ...line }) =>
    Object.fromEntries(Object.entries(line).filter(([, part]) => withoutEmptyParts(part) !== null)),
  )
}

function newLines(release: Release, field: Field, value: Json | undefined): Json {
  const child = childOf(release, field)
  if (child === undefined) return null
  const lines = filledLines(value).map((line) => lineBody(release, { child, by: field.settings.by }, line))
  return lines.length === 0 ? null : lines
}

/** Lines are complete: known ones with what changed in them, new ones whole. */
function changedLines(release: Release, field: Field, from: Json, to: Json): Json {
  const child = childOf(release, field)
  if (child === undefined) return []
  const known = new Map(linesOf(from).map((line) => [line.id, line]))
  return filledLines(to).map((line) => {
    const old = known.get(line.id)
    if (line.id === undefined || old === undefined) return lineBody(release, { child, by: field.settings.by }, line)
    return { id: line.id, ...changesOf(release, child, old, line) }
  })
}

/** A line without the way back to its parent, which the engine sets. */
function lineBody(
  release: Release,
  { child, by }: { child: Entity; by: Json | undefined },
  line: JsonObject,
): JsonObject {
  const { [String(by)]: _parent, ...body } = creationOf(release, child, line)
  return body
}

function childOf(release: Release, field: Field): Entity | undefined {
  return release.entity(String(field.settings.entity))
}
