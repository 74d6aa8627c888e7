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
import { fieldAccess, type Grant, grantFor } from './grant.ts'
import type { Reader } from './reader.ts'

/** The pure schema of an entity's records for one purpose, without what the reader may not read or write. */
export function shownSchema(reader: Reader, entity: Entity, purpose: SchemaPurpose): JsonObject {
  return trimSchema({ reader, purpose, tell: () => ({}) }, entity, pureSchema(reader.release, entity, purpose))
}

/** {@link shownSchema} for people: with titles, and with what the system adds to a record that is read. */
export function describedSchema(reader: Reader, entity: Entity, purpose: SchemaPurpose): JsonObject {
  const tell = (field: Field) => ({ description: field.title })
  const schema = trimSchema({ reader, purpose, tell }, entity, pureSchema(reader.release, entity, purpose))
  if (purpose !== 'read') return { ...schema, description: entity.title }
  const related = { type: 'object', description: 'Id and label of every lookup, and what was included.' }
  const meta = { type: 'object', description: 'Denied fields, warnings, duplicates.' }
  return {
    ...schema,
    description: entity.title,
    properties: { ...asObject(schema.properties), _related: related, _meta: meta },
  }
}

interface Trimming {
  readonly reader: Reader
  readonly purpose: SchemaPurpose
  /** What the schema of a field says besides. */
  readonly tell: (field: Field) => JsonObject
}

function trimSchema(trimming: Trimming, entity: Entity, schema: JsonObject): JsonObject {
  const { release, actor } = trimming.reader
  const grant = grantFor(release, actor, entity)
  const properties: { [name: string]: Json } = {}
  for (const [name, value] of Object.entries(asObject(schema.properties))) {
    const field = entity.fields.get(name)
    const shown = field === undefined ? value : fieldSchema(trimming, grant, field, asObject(value))
    if (shown !== undefined) properties[name] = shown
  }
  if (schema.required === undefined) return { ...schema, properties }
  return { ...schema, properties, required: asTexts(schema.required).filter((name) => properties[name] !== undefined) }
}

function fieldSchema(trimming: Trimming, grant: Grant, field: Field, schema: JsonObject): JsonObject | undefined {
  const { reader, purpose, tell } = trimming
  const access = fieldAccess(grant, field.name)
  if (access === 'none' || (purpose !== 'read' && access !== 'edit')) return undefined
  const told = { ...schema, ...tell(field) }
  const child = reader.release.entity(String(field.settings.entity ?? ''))
  if (fieldTypeOf(field.type).source !== 'children' || child === undefined) return told
  if (!grantFor(reader.release, reader.actor, child).verbs.has('read')) return undefined
  return { ...told, items: trimSchema(trimming, child, asObject(schema.items)) }
}
