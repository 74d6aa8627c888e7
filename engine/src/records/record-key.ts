import type { Entity, Field, JsonObject } from '@heddle/metadata'
import { findColumn } from '../access/entity-lookup.ts'
import type { Grant } from '../access/grant.ts'
import { unknownKey } from '../errors.ts'
import type { Comparison } from './find-matches.ts'

/** The fields that tell one record from all others, and how they are compared. */
export interface RecordKey {
  readonly fields: readonly Field[]
  readonly comparison: Comparison
}

/**
 * What a client's key means: a unique field, or all fields that a rule against duplicates matches.
 * @throws Fault 422 for unknown fields and for fields that several records may share
 */
export function findKey(entity: Entity, grant: Grant, key: JsonObject): RecordKey {
  const names = Object.keys(key).sort()
  const fields = names.flatMap((name) => findColumn(entity, grant, name).field ?? [])
  const [first] = fields
  if (names.length === 1 && first?.isUnique) return { fields, comparison: 'exact' }
  const isRule = entity.duplicates.some(({ match }) => [...match].sort().join() === names.join())
  if (isRule && fields.length === names.length) return { fields, comparison: 'loose' }
  throw unknownKey(names, entity.name, keysOf(entity))
}

function keysOf(entity: Entity): string | undefined {
  const unique = [...entity.fields.values()].filter((field) => field.isUnique).map((field) => `“${field.name}”`)
  const keys = [...unique, ...entity.duplicates.map(({ match }) => `“${match.join(', ')}”`)]
  return keys.length === 0 ? undefined : keys.join(' or ')
}
