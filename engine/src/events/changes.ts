import type { Entity, Json, JsonObject } from '@heddle/metadata'
import { fieldAccess, type Grant } from '../access/grant.ts'

/** Old and new value by the field's name. */
export type Changes = { readonly [field: string]: readonly [Json, Json] }

/**
 * What an event changed, by the fields' names of today and as far as the reader may see them. A new record's values
 * were empty before.
 */
export function changesOf(entity: Entity, grant: Grant, delta: JsonObject, kind: string): Changes {
  const changes: { [field: string]: [Json, Json] } = {}
  const names = new Map([...entity.fields.values()].map((field) => [field.id, field.name]))
  for (const [id, value] of Object.entries(delta)) {
    const name = names.get(id) ?? (id === 'owner_id' ? id : undefined)
    if (name === undefined || fieldAccess(grant, name) === 'none') continue
    const [before = null, after = null] = kind !== 'created' && Array.isArray(value) ? value : [null, value]
    if (before !== null || after !== null) changes[name] = [before, after]
  }
  return changes
}
