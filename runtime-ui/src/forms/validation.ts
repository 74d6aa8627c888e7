import {
  checkOtherFields,
  type Entity,
  type Field,
  type Json,
  type JsonObject,
  parsePointer,
  type Release,
  recordValidator,
  toPointer,
} from '@heddle/metadata'
import type { FieldProblem } from '../api/problem.ts'
import { hasDefault, isChildren, isWritten, linesOf } from '../fields/record-values.ts'
import { changesOf, creationOf } from './changes.ts'

/** A fault of a form; `isMissing` when nothing stands where something must. */
export interface FormFault extends FieldProblem {
  readonly isMissing?: true
}

/** A form's values, and the values of the saved record they were made from; none for a new one. */
export interface Sent {
  readonly values: JsonObject
  readonly base: JsonObject | undefined
}

/** What does not fit the fields of what a form would send; paths are those of the body, as the engine tells them. */
export function bodyFaults(release: Release, entity: Entity, { values, base }: Sent): FormFault[] {
  const body = base === undefined ? creationOf(release, entity, values) : changesOf(release, entity, base, values)
  const validate = recordValidator(release, entity, base === undefined ? 'create' : 'patch')
  const shape: FormFault[] = [...validate(body), ...clearedFaults(entity, '', body)]
  for (const field of entity.fields.values()) {
    if (isChildren(field))
      shape.push(...lineFaults(release, field, body[field.name], { isChange: base !== undefined, shape }))
  }
  const known = shape.map((fault) => (isNull(body, fault.path) ? { ...fault, isMissing: true as const } : fault))
  return [...known, ...checkOtherFields(entity.fields, body, known)]
}

function isNull(body: JsonObject, path: string): boolean {
  let value: Json | undefined = body
  for (const segment of parsePointer(path)) {
    if (typeof value !== 'object' || value === null) return false
    value = Array.isArray(value) ? value[Number(segment)] : value[segment]
  }
  return value === null
}

/** Lines inside a creation are part of its schema; of a change each new line is whole. */
function lineFaults(
  release: Release,
  field: Field,
  value: Json | undefined,
  { isChange, shape }: { readonly isChange: boolean; readonly shape: readonly FormFault[] },
): FormFault[] {
  const child = release.entity(String(field.settings.entity))
  if (child === undefined) return []
  return linesOf(value).flatMap((line, index) => {
    const at = toPointer([field.name, String(index)])
    const isNew = line.id === undefined
    const whole = isNew && isChange ? recordValidator(release, child, 'create')({ ...line, ...parentOf(field) }) : []
    const own = whole.map((fault) => ({ ...fault, path: at + fault.path }))
    const cleared = isNew ? clearedFaults(child, at, line) : []
    return [...own, ...checkOtherFields(child.fields, line, [...shape, ...own], at), ...cleared]
  })
}

/** Stands for the parent, which the engine sets. */
function parentOf({ settings }: Field): JsonObject {
  return { [String(settings.by)]: '00000000-0000-7000-8000-000000000000' }
}

/** What has a default may be absent, but where it is demanded not be cleared. */
function clearedFaults(entity: Entity, at: string, body: JsonObject): FormFault[] {
  return [...entity.fields.values()]
    .filter((field) => field.isRequired && isWritten(field) && hasDefault(field) && body[field.name] === null)
    .map(({ name, title }) => ({
      path: at + toPointer([name]),
      code: 'value.required',
      message: `“${title}” is required.`,
      isMissing: true,
    }))
}
