import type { Entity, Json, JsonObject } from '@heddle/metadata'

/** The delta of a new record's event: its values by the fields' ids, which outlive their names. */
export function deltaOfNew(entity: Entity, values: JsonObject): JsonObject {
  const isRenamed = [...entity.fields.values()].some((field) => field.id !== field.name)
  return isRenamed
    ? Object.fromEntries(Object.entries(values).map(([name, value]) => [idOf(entity, name), value]))
    : values
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

function idOf(entity: Entity, name: string): string {
  return entity.fields.get(name)?.id ?? name
}
