import {
  checkFields,
  type Entity,
  isObject,
  type JsonObject,
  normaliseFields,
  type Release,
  recordValidator,
  systemFields,
} from '@heddle/metadata'
import { fieldAccess, type Grant } from '../access/grant.ts'
import { type FieldError, invalidRecord } from '../errors.ts'

/**
 * The values that a merge patch sets.
 * @throws Fault 422 naming every value that does not fit
 */
export function parsePatch(release: Release, entity: Entity, grant: Grant, input: unknown): JsonObject {
  const body = normaliseFields(entity.fields, requireObject(input))
  refuse([...recordValidator(release, entity, 'patch')(body), ...deniedFields(entity, grant, body)])
  refuse(checkFields(entity.fields, body))
  return body
}

/** @throws Fault 422 when the input is no object */
export function requireObject(input: unknown): JsonObject {
  if (isObject(input)) return input
  throw invalidRecord([{ path: '', code: 'value.type', message: 'Must be an object.' }])
}

/** @throws Fault 422 when there are errors */
export function refuse(errors: readonly FieldError[]): void {
  if (errors.length > 0) throw invalidRecord(errors.map(clarify))
}

/** What the system or the engine writes is known but not for clients: say so instead of "no such property". */
function clarify(error: FieldError): FieldError {
  const name = error.path.slice(error.path.lastIndexOf('/') + 1)
  if (error.code !== 'value.additionalProperties' || !systemFields.some((field) => field === name)) return error
  return { ...error, code: 'field.readOnly', message: `“${name}” is written by the system; leave it out.` }
}

/** What the actor may not write of a body. */
export function deniedFields(entity: Entity, grant: Grant, body: JsonObject): FieldError[] {
  return Object.keys(body).flatMap((name) =>
    entity.fields.has(name) && fieldAccess(grant, name) !== 'edit'
      ? [{ path: `/${name}`, code: 'field.denied', message: `You may not change “${name}”.` }]
      : [],
  )
}
