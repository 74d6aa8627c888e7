import type { Entity, Json, JsonObject } from '@heddle/metadata'

/** The delta of a new record's event: its values by the fields' ids, which outlive their names. */
export function deltaOfNew(entity: Entity, values: JsonObject): JsonObject {
  if (!isRenamed(entity)) return values
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [idOf(entity, name), value]))
}

/** The delta of a change: old and new value of each named field, by the fields' ids. */
export function deltaOfChange(
  entity: Entity,
  names: readonly string[],
  { before, after }: { readonly before: JsonObject; readonly after: JsonObject },
): JsonObject {
  const pairOf = (name: string): Json => [before[name] ?? null, after[name] ?? null]
  return Object.fromEntries(names.map((name) => [idOf(entity, name), pairOf(name)]))
}

function isRenamed(entity: Entity): boolean {
  for (const field of entity.fields.values()) if (field.id !== field.name) return true
  return false
}

function idOf(entity: Entity, name: string): string {
  return entity.fields.get(name)?.id ?? name
}
