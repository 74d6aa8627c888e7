import {
  checkOtherFields,
  type Entity,
  type Field,
  isComputed,
  isObject,
  type JsonObject,
  normaliseFields,
  parsePointer,
  recordValidator,
  type SchemaPurpose,
  systemFields,
} from '@heddle/metadata'
import { ownOwner } from '../access/actor.ts'
import { fieldAccess, type Grant } from '../access/grant.ts'
import { toldTo } from '../access/language.ts'
import type { Reader } from '../access/reader.ts'
import { type FieldError, invalidRecord } from '../errors.ts'

/**
 * The values that a merge patch sets.
 * @throws Fault 422 naming every value that does not fit
 */
export function parsePatch(reader: Reader, entity: Entity, grant: Grant, input: unknown): JsonObject {
  const body = normaliseFields(entity.fields, requireObject(input))
  const faults = [...schemaFaults(reader, entity, 'patch', body), ...deniedFields(reader, entity, grant, body)]
  refuse([...faults, ...checkOtherFields(entity.fields, body, faults)])
  return body
}

/** @throws Fault 422 when the input is no object */
export function requireObject(input: unknown): JsonObject {
  if (isObject(input)) return input
  throw invalidRecord([{ path: '', code: 'value.type', message: 'Must be an object.' }])
}

/** @throws Fault 422 when there are errors */
export function refuse(errors: readonly FieldError[]): void {
  if (errors.length > 0) throw invalidRecord(errors)
}

/** What the entity's JSON Schema says against a body, told to its writer. */
export function schemaFaults(reader: Reader, entity: Entity, purpose: SchemaPurpose, body: JsonObject): FieldError[] {
  return recordValidator(
    reader.release,
    entity,
    purpose,
  )(body).map((fault) => {
    const tell = tellings[fault.code]
    const names = parsePointer(fault.path)
    return tell?.(fault, names.at(-1) ?? '', fieldAt(reader, entity, names)) ?? fault
  })
}

type Tell = (fault: FieldError, name: string, field: Field | undefined) => FieldError | undefined

/** Faults that people understand better by what the metadata knows of the field. */
const tellings: { readonly [code: string]: Tell } = {
  'value.required': (fault, name, field) => ({ ...fault, message: `“${field?.title ?? name}” is required.` }),
  // What the system or the engine writes is known but not for clients: say so instead of "no such property".
  'value.additionalProperties': (fault, name, field) => {
    const isSystem = systemFields.some((known) => known === name) || name.startsWith('_')
    if (!isSystem && (field === undefined || !isComputed(field))) return undefined
    const message = `“${field?.title ?? name}” is written by the system; leave it out.`
    return { ...fault, code: 'field.readOnly', message }
  },
}

/** The field that names in a body lead to, through lines and groups, with its texts told to the writer. */
function fieldAt(reader: Reader, entity: Entity, [name = '', ...rest]: readonly string[]): Field | undefined {
  const field = toldTo(reader, entity).fields.get(name)
  if (field === undefined || rest.length === 0) return field
  const child = reader.release.entity(String(field.settings.entity ?? ''))
  return child === undefined ? field.fields.get(rest[0] ?? '') : fieldAt(reader, child, rest.slice(1))
}

/** Owning a record other than one's own making, or giving it away, takes the right to transfer it. */
export function deniedOwner(reader: Reader, grant: Grant, body: JsonObject, current: JsonObject | null): FieldError[] {
  if (body.owner_id === undefined || grant.verbs.has('transfer')) return []
  const own = ownOwner(reader.actor)
  const before = current === null ? own : (current.owner_id ?? null)
  const next = current === null ? (body.owner_id ?? own) : body.owner_id
  if (next === before) return []
  const message = 'You may not give this to somebody else; it takes the right to transfer it.'
  return [{ path: '/owner_id', code: 'field.denied', message }]
}

/** What the actor may not write of a body. */
export function deniedFields(reader: Reader, entity: Entity, grant: Grant, body: JsonObject): FieldError[] {
  return Object.keys(body)
    .filter((name) => entity.fields.has(name) && fieldAccess(grant, name) !== 'edit')
    .map((name) => {
      const title = toldTo(reader, entity).fields.get(name)?.title
      return { path: `/${name}`, code: 'field.denied', message: `You may not change “${title}”.` }
    })
}
