import { isObject, type Json, type JsonObject } from '../json.ts'
import type { Release } from '../release/compile-release.ts'
import type { Entity } from '../release/entity.ts'
import { normaliseFields, normaliseValue } from '../release/field-values.ts'
import { entityLogic } from './entity-logic.ts'
import { type RecordSurroundings, recordContext } from './record-context.ts'

/** A new record's values in their stored form, with constant defaults for what is absent, in groups that are given too. */
export function withConstants({ fields }: Pick<Entity, 'fields'>, body: JsonObject): JsonObject {
  const values = normaliseFields(fields, body)
  for (const field of fields.values()) {
    const given = values[field.name]
    const constant = field.source.default
    if (given === undefined && constant !== undefined) values[field.name] = normaliseValue(field, constant)
    else if (field.fields.size > 0 && isObject(given)) values[field.name] = withConstants(field, given)
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
    if (value !== null && value !== undefined) result[field.name] = normaliseValue(field, value as Json)
  }
  return result
}
