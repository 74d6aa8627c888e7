import type { Json, JsonObject } from '../json.ts'
import type { Release } from '../release/compile-release.ts'
import type { Entity } from '../release/entity.ts'
import { normaliseFields } from '../release/field-values.ts'
import { entityLogic } from './entity-logic.ts'
import { type RecordSurroundings, recordContext } from './record-context.ts'

/** A new record's values in their stored form, with constant defaults for what is absent. */
export function withConstants(entity: Entity, body: JsonObject): JsonObject {
  const values = normaliseFields(entity.fields, body)
  for (const field of entity.fields.values()) {
    const constant = field.source.default
    if (constant !== undefined && values[field.name] === undefined) values[field.name] = constant
  }
  return values
}

/** The values with FEEL defaults for what is absent, in the order of the fields, each seeing those before it. */
export function withDefaults(
  release: Release,
  entity: Entity,
  values: JsonObject,
  surroundings: RecordSurroundings,
): JsonObject {
  const result: JsonObject = { ...values }
  for (const { field, evaluate } of entityLogic(release, entity).defaults) {
    if (result[field.name] !== undefined) continue
    const value = evaluate(recordContext(release, entity, result, surroundings), surroundings.clock)
    if (value !== null && value !== undefined) result[field.name] = value as Json
  }
  return result
}
