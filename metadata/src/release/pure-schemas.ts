import { fieldTypeOf } from '../field-types/index.ts'
import { asObject, asTexts, type JsonObject } from '../json.ts'
import type { Release } from './compile-release.ts'
import type { Entity, Field } from './entity.ts'

/** What a schema is for: a new record, a merge patch, or a record as read. */
export type SchemaPurpose = 'create' | 'patch' | 'read'
/** The purposes, for parsing. */
export const schemaPurposes = ['create', 'patch', 'read'] as const satisfies readonly SchemaPurpose[]

const uuid: JsonObject = { type: 'string', format: 'uuid' }
const moment: JsonObject = { type: 'string', format: 'date-time' }

const systemRead: JsonObject = {
  id: uuid,
  version: { type: 'integer' },
  owner_id: nullable(uuid),
  department_id: nullable(uuid),
  created_at: moment,
  created_by: nullable(uuid),
  updated_at: moment,
  updated_by: nullable(uuid),
  deleted_at: nullable(moment),
}

/** A pure JSON Schema (no annotations) of an entity's records; only these reach validators, forms and generators. */
export function pureSchema(release: Release, entity: Entity, purpose: SchemaPurpose): JsonObject {
  const properties: JsonObject = purpose === 'read' ? { ...systemRead } : { owner_id: nullable(uuid) }
  const required: string[] = purpose === 'read' ? Object.keys(systemRead) : []
  for (const field of entity.fields.values()) {
    const isComputed = fieldTypeOf(field.type).source === 'computed'
    if (isComputed && purpose !== 'read') continue
    properties[field.name] = fieldSchema(release, field, purpose)
    if (purpose === 'read' ? !isChildren(field) : purpose === 'create' && isDemanded(field)) required.push(field.name)
  }
  return { type: 'object', properties, required, additionalProperties: purpose === 'read' }
}

/** Required without a default: a default fills in before validation, a dynamic rule decides later. */
function isDemanded(field: Field): boolean {
  return field.isRequired && field.source.default === undefined && field.dynamic.default === undefined
}

function isChildren(field: Field): boolean {
  return fieldTypeOf(field.type).source === 'children'
}

function fieldSchema(release: Release, field: Field, purpose: SchemaPurpose): JsonObject {
  const value = valueSchema(release, field, purpose)
  const staysEmpty = purpose === 'create' ? !isDemanded(field) : purpose === 'read' || !field.isRequired
  return staysEmpty && !isChildren(field) ? nullable(value) : value
}

function valueSchema(release: Release, field: Field, purpose: SchemaPurpose): JsonObject {
  if (field.fields.size > 0) return groupSchema(release, field, purpose)
  if (!isChildren(field)) return field.value
  const child = release.entity(String(field.settings.entity))
  return child === undefined ? field.value : { ...field.value, items: lineSchema(release, child, field, purpose) }
}

function groupSchema(release: Release, group: Field, purpose: SchemaPurpose): JsonObject {
  const properties: JsonObject = {}
  for (const field of group.fields.values()) properties[field.name] = fieldSchema(release, field, purpose)
  const required = [...group.fields.values()].filter((field) => purpose !== 'patch' && isDemanded(field))
  return { type: 'object', properties, required: required.map((field) => field.name), additionalProperties: false }
}

function lineSchema(release: Release, child: Entity, field: Field, purpose: SchemaPurpose): JsonObject {
  if (purpose === 'read') return pureSchema(release, child, 'read')
  const whole = pureSchema(release, child, 'create')
  const { [String(field.settings.by)]: _parent, ...properties } = asObject(whole.properties)
  const required = asTexts(whole.required).filter((name) => name !== field.settings.by)
  if (purpose === 'create') return { ...whole, properties, required }
  return {
    type: 'object',
    properties: { id: uuid, ...properties },
    required: [],
    additionalProperties: false,
  }
}

/** The schema that also takes null. */
export function nullable(schema: JsonObject): JsonObject {
  const result: JsonObject = { ...schema }
  if (schema.type !== undefined) result.type = [schema.type, 'null'].flat()
  if (Array.isArray(schema.enum)) result.enum = [...schema.enum, null]
  return result
}
