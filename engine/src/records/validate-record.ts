import {
  asObject,
  checkFields,
  compileValidator,
  type Entity,
  type Field,
  fieldTypeOf,
  isObject,
  type JsonObject,
  normaliseFields,
  pureSchema,
  type Release,
  type SchemaPurpose,
  systemFields,
  type Validator,
} from '@heddle/metadata'
import { fieldAccess, type Grant } from '../access/grant.ts'
import { type FieldError, invalidRecord } from '../errors.ts'

const validators = new WeakMap<Entity | Release, Map<string, Validator>>()

/** The compiled validator of an entity's records, made when first needed. */
export function validatorFor(release: Release, entity: Entity, purpose: SchemaPurpose): Validator {
  // A schema with lines holds other entities' schemas too, so it lives no longer than the release.
  const subject = linesFields(entity).length > 0 ? release : entity
  const known = validators.get(subject) ?? new Map<string, Validator>()
  validators.set(subject, known)
  const key = `${purpose} ${entity.name}`
  const validate = known.get(key) ?? compileValidator(pureSchema(release, entity, purpose))
  known.set(key, validate)
  return validate
}

/**
 * A new record's values with constant defaults filled in.
 * @throws Fault 422 naming every value that does not fit
 */
export function parseCreate(release: Release, entity: Entity, grant: Grant, input: unknown): JsonObject {
  const body = requireObject(input)
  const values = withDefaults(entity, body)
  refuse([...validatorFor(release, entity, 'create')(values), ...deniedFields(entity, grant, body)])
  refuse(checkFields(entity.fields, values))
  return values
}

/** A new record's values in their stored form, with constant defaults for what is absent. */
export function withDefaults(entity: Entity, body: JsonObject): JsonObject {
  const values = normaliseFields(entity.fields, body)
  for (const field of entity.fields.values()) {
    const constant = field.source.default
    if (constant !== undefined && values[field.name] === undefined) values[field.name] = constant
  }
  return values
}

/**
 * The values that a merge patch sets.
 * @throws Fault 422 naming every value that does not fit
 */
export function parsePatch(release: Release, entity: Entity, grant: Grant, input: unknown): JsonObject {
  const body = normaliseFields(entity.fields, requireObject(input))
  refuse([
    ...validatorFor(release, entity, 'patch')(body),
    ...deniedFields(entity, grant, body),
    ...incompleteLines(release, entity, body),
  ])
  refuse(checkFields(entity.fields, body))
  return body
}

function requireObject(input: unknown): JsonObject {
  if (isObject(input)) return input
  throw invalidRecord([{ path: '', code: 'value.type', message: 'Must be an object.' }])
}

function refuse(errors: readonly FieldError[]): void {
  if (errors.length > 0) throw invalidRecord(errors.map(clarify))
}

/** What the system or the engine writes is known but not for clients: say so instead of "no such property". */
function clarify(error: FieldError): FieldError {
  const name = error.path.slice(error.path.lastIndexOf('/') + 1)
  if (error.code !== 'value.additionalProperties' || !systemFields.some((field) => field === name)) return error
  return { ...error, code: 'field.readOnly', message: `“${name}” is written by the system; leave it out.` }
}

function deniedFields(entity: Entity, grant: Grant, body: JsonObject): FieldError[] {
  return Object.keys(body).flatMap((name) =>
    entity.fields.has(name) && fieldAccess(grant, name) !== 'edit'
      ? [{ path: `/${name}`, code: 'field.denied', message: `You may not change “${name}”.` }]
      : [],
  )
}

/** Lines without an id are new and must be complete. */
function incompleteLines(release: Release, entity: Entity, body: JsonObject): FieldError[] {
  return linesFields(entity).flatMap((field) => {
    const lines = body[field.name]
    const child = release.entity(String(field.settings.entity))
    if (!Array.isArray(lines) || child === undefined) return []
    const validate = validatorFor(release, child, 'create')
    return lines.flatMap((line, index) => {
      const { id, ...values } = asObject(line)
      if (id !== undefined) return []
      const parent = { [String(field.settings.by)]: '00000000-0000-7000-8000-000000000000' }
      return validate(withDefaults(child, { ...values, ...parent })).map((fault) => ({
        ...fault,
        path: `/${field.name}/${index}${fault.path}`,
      }))
    })
  })
}

/** The fields of an entity that hold child records. */
export function linesFields(entity: Entity): Field[] {
  return [...entity.fields.values()].filter((field) => fieldTypeOf(field.type).source === 'children')
}
