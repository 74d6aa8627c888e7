import { isEqual, type Json, type JsonObject, toPointer } from '../json.ts'
import type { Release } from '../release/compile-release.ts'
import type { Entity, Field } from '../release/entity.ts'
import { isComputed } from './computed-fields.ts'
import { entityLogic } from './entity-logic.ts'
import { type RecordSurroundings, recordContext } from './record-context.ts'

/** What is wrong or doubtful with a record; `path` is the JSON Pointer of the property. */
export interface RecordFault {
  readonly path: string
  readonly code: string
  readonly message: string
  readonly severity: 'error' | 'warning'
}

/** What FEEL says against a record whose values fit their types, in the language of the entity's texts. */
export function checkLogic(
  release: Release,
  entity: Entity,
  values: JsonObject,
  surroundings: RecordSurroundings,
): RecordFault[] {
  const context = recordContext(release, entity, values, surroundings)
  const { rules } = entityLogic(release, entity)
  // The logic is the same in every language, the entity's texts are not.
  const errors = new Map(entity.rules.map(({ id, error }) => [id, error]))
  const states = dynamicState(release, entity, context, surroundings)
  return [
    ...[...entity.fields.values()].flatMap((field) => fieldFaults(field, states.get(field.name), values, surroundings)),
    ...rules
      .filter(({ isViolated }) => isViolated(context, surroundings.clock))
      .map(({ rule }): RecordFault => {
        const path = rule.at === undefined ? '' : toPointer(rule.at.split('.'))
        return { path, code: `rule.${rule.id}`, message: errors.get(rule.id) ?? rule.error, severity: rule.severity }
      }),
  ]
}

/** How a field stands for one record. */
export interface FieldState {
  readonly isVisible: boolean
  readonly isRequired: boolean
  readonly isReadOnly: boolean
  /** Keys that may be chosen; undefined when all may. */
  readonly options: readonly string[] | undefined
}

/** How every field stands for a record; `context` comes from {@link recordContext}. */
export function dynamicState(
  release: Release,
  entity: Entity,
  context: JsonObject,
  { clock }: RecordSurroundings,
): ReadonlyMap<string, FieldState> {
  const logic = entityLogic(release, entity)
  return new Map(
    [...entity.fields.values()].map((field) => {
      const { visible, required, readOnly } = logic.conditions.get(field.name) ?? {}
      const conditions = logic.options.get(field.name)
      const isVisible = visible?.(context, clock) ?? true
      return [
        field.name,
        {
          isVisible,
          isRequired: isVisible && (field.isRequired || (required?.(context, clock) ?? false)),
          isReadOnly: isComputed(field) || (readOnly?.(context, clock) ?? false),
          options: conditions && field.options.filter((key) => conditions.get(key)?.(context, clock) ?? true),
        },
      ]
    }),
  )
}

function fieldFaults(
  field: Field,
  state: FieldState | undefined,
  values: JsonObject,
  { old }: RecordSurroundings,
): RecordFault[] {
  if (state === undefined || isComputed(field)) return []
  const value = values[field.name] ?? null
  const before = old?.[field.name] ?? null
  const path = toPointer([field.name])
  const faults: RecordFault[] = []
  if (state.isRequired && !field.isRequired && isEmpty(value)) {
    faults.push({ path, code: 'value.required', message: `“${field.title}” is required here.`, severity: 'error' })
  }
  if (state.isReadOnly && old && !isEqual(value, before)) {
    faults.push({ path, code: 'field.readOnly', message: `“${field.title}” cannot be changed now.`, severity: 'error' })
  }
  const refused = isEqual(value, before)
    ? undefined
    : chosen(value).find((key) => state.options?.includes(key) === false)
  if (refused !== undefined) {
    const message = `“${field.choices.get(refused)?.title ?? refused}” cannot be chosen for “${field.title}” here.`
    faults.push({ path, code: 'option.unavailable', message, severity: 'error' })
  }
  return faults
}

function isEmpty(value: Json): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

function chosen(value: Json): string[] {
  return [value].flat().filter((key): key is string => typeof key === 'string')
}
