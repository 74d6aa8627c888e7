import { roundHalfUp } from '../expressions/decimal.ts'
import type { Clock } from '../expressions/temporal.ts'
import { fieldTypeOf, valueTypeOf } from '../field-types/index.ts'
import { asObject, asText, isObject, type Json, type JsonObject } from '../json.ts'
import type { Release } from '../release/compile-release.ts'
import type { Entity, Field } from '../release/entity.ts'
import { entityLogic } from './entity-logic.ts'

/** What a record is judged by besides itself. */
export interface RecordSurroundings {
  /** The record as it was, null for a new one. */
  readonly old?: JsonObject | null
  /** The person who acts: id, name, roles, department, manager. */
  readonly user?: JsonObject | null
  /** Records that lookups point to, by the lookup's name; for lines an array beside theirs. See `relatedNeeds`. */
  readonly related?: JsonObject
  readonly clock: Clock
}

/**
 * The record as expressions see it: its values, its formulas worked out, its lines with theirs, `old` and `user`.
 * Lookups whose paths are read must be among the related records; others stay ids.
 */
export function recordContext(
  release: Release,
  entity: Entity,
  values: JsonObject,
  { old = null, user = null, related = {}, clock }: RecordSurroundings,
): JsonObject {
  const whole = { ...values, ...whoseIfNew(values, user) }
  return { ...withFormulas(release, entity, whole, { related, clock, around: { old, user } }), old, user }
}

/** A record without id is being made by the person who acts, and theirs unless it is given to another. */
function whoseIfNew({ id, owner_id: owner }: JsonObject, user: JsonObject | null): JsonObject {
  if (id !== undefined || user === null) return {}
  const maker = user.id ?? null
  return { created_by: maker, updated_by: maker, owner_id: owner ?? maker }
}

interface Inputs {
  readonly related: JsonObject
  readonly clock: Clock
  readonly around: JsonObject
}

/** The values with lookups read and formulas worked out, for the record itself and everything it holds. */
function withFormulas(release: Release, entity: Entity, values: JsonObject, inputs: Inputs): JsonObject {
  const context: JsonObject = { ...inputs.around, ...values }
  for (const field of entity.fields.values()) {
    const target = release.entity(asText(field.settings.entity) ?? '')
    const held = target && heldBy(release, target, field, values, inputs)
    if (held !== undefined) context[field.name] = held
  }
  for (const { field, evaluate } of entityLogic(release, entity).formulas) {
    context[field.name] = settled(field, asJson(evaluate(context, inputs.clock)))
  }
  return context
}

/** What a field holds of another entity: the lines, or the record that a lookup points to. */
function heldBy(release: Release, target: Entity, field: Field, values: JsonObject, inputs: Inputs): Json | undefined {
  const value = values[field.name]
  const related = inputs.related[field.name]
  const inner = { clock: inputs.clock, around: {} }
  if (isChildren(field) && Array.isArray(value)) {
    const beside = Array.isArray(related) ? related : []
    return value.map((line, index) =>
      withFormulas(release, target, asObject(line), { ...inner, related: asObject(beside[index]) }),
    )
  }
  if (!isReference(field) || !isObject(related) || value === null || value === undefined) return undefined
  return withFormulas(release, target, related, { ...inner, related })
}

function isChildren(field: Field): boolean {
  return fieldTypeOf(field.type).source === 'children'
}

function isReference(field: Field): boolean {
  return valueTypeOf(field).feel === 'reference'
}

/** A number as its field holds it. */
function settled(field: Field, value: Json): Json {
  const scale = valueTypeOf(field).scale?.(field.settings)
  return typeof value === 'number' && scale !== undefined ? roundHalfUp(value, scale) : value
}

/** Expressions give plain JSON values. */
function asJson(value: unknown): Json {
  return value === undefined ? null : (value as Json)
}
