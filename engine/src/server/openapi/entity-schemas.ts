import {
  asObject,
  asTexts,
  type Entity,
  type Field,
  fieldTypeOf,
  type Json,
  type JsonObject,
  pureSchema,
  type SchemaPurpose,
} from '@heddle/metadata'
import { fieldAccess, type Grant, grantFor } from '../../access/grant.ts'
import type { Reader } from '../../access/reader.ts'

/** The schema of an entity's records for one purpose, without what the reader may not read or write. */
export function entitySchema(reader: Reader, entity: Entity, purpose: SchemaPurpose): JsonObject {
  const schema = trimSchema(reader, entity, purpose, pureSchema(reader.release, entity, purpose))
  if (purpose !== 'read') return { ...schema, description: entity.title }
  const related = { type: 'object', description: 'Id and label of every lookup, and what was included.' }
  const meta = { type: 'object', description: 'Denied fields, warnings, duplicates.' }
  return {
    ...schema,
    description: entity.title,
    properties: { ...asObject(schema.properties), _related: related, _meta: meta },
  }
}

function trimSchema(reader: Reader, entity: Entity, purpose: SchemaPurpose, schema: JsonObject): JsonObject {
  const grant = grantFor(reader.release, reader.actor, entity)
  const properties: { [name: string]: Json } = {}
  for (const [name, value] of Object.entries(asObject(schema.properties))) {
    const field = entity.fields.get(name)
    const shown = field === undefined ? value : fieldSchema(reader, { field, grant, purpose }, asObject(value))
    if (shown !== undefined) properties[name] = shown
  }
  const required = asTexts(schema.required).filter((name) => properties[name] !== undefined)
  return { ...schema, properties, required }
}

function fieldSchema(
  reader: Reader,
  { field, grant, purpose }: { readonly field: Field; readonly grant: Grant; readonly purpose: SchemaPurpose },
  schema: JsonObject,
): JsonObject | undefined {
  const access = fieldAccess(grant, field.name)
  if (access === 'none' || (purpose !== 'read' && access !== 'edit')) return undefined
  const titled = { ...schema, description: field.title }
  const child = reader.release.entity(String(field.settings.entity ?? ''))
  if (fieldTypeOf(field.type).source !== 'children' || child === undefined) return titled
  if (!grantFor(reader.release, reader.actor, child).verbs.has('read')) return undefined
  return { ...titled, items: trimSchema(reader, child, purpose, asObject(schema.items)) }
}
