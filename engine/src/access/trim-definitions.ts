import {
  type Address,
  asObject,
  asText,
  checkExpression,
  type Effective,
  type Entity,
  type Json,
  type JsonObject,
  readPointer,
} from '@heddle/metadata'
import { grantFor, mayDo, rightsKey } from './grant.ts'
import { readableScope } from './readable-scope.ts'
import type { Reader } from './reader.ts'
import { shownFields, trimEntity } from './trim-entity.ts'

const memory = new WeakMap<Reader['release'], Map<string, Effective | undefined>>()

/**
 * A live definition as far as it concerns the reader: without what they may not see. None when nothing of it does. Who
 * designs sees everything.
 */
export function shownDefinition(reader: Reader, definition: Effective): Effective | undefined {
  const { release, actor } = reader
  if (mayDo(release, actor, 'design')) return definition
  const known = memory.get(release) ?? new Map<string, Effective | undefined>()
  memory.set(release, known)
  const key = `${definition.kind}/${definition.name} ${rightsKey(actor)}`
  if (known.has(key)) return known.get(key)
  const trim = trims[definition.kind]
  const body = trim === undefined ? definition.body : trim(reader, definition)
  const shown = body === undefined ? undefined : { ...definition, body }
  known.set(key, shown)
  return shown
}

type Trim = (reader: Reader, definition: Effective) => JsonObject | undefined

/** What is left of the kinds that speak of records; the others are for everyone. */
const trims: { readonly [kind: string]: Trim } = {
  entity: (reader, { name, body }) => {
    const entity = concerned(reader, name)
    return entity && trimEntity(reader, entity, body)
  },
  form: (reader, { body }) => {
    const entity = concerned(reader, body.entity)
    return entity && { ...body, tabs: mapped(body.tabs, (tab) => trimTab(reader, entity, asObject(tab))) }
  },
  view: (reader, { body }) => {
    const entity = concerned(reader, body.entity)
    return entity && trimView(reader, entity, body)
  },
  menu: (reader, { body }) => {
    const items = Object.entries(asObject(body.items)).filter(([, item]) => isReachable(reader, asObject(item)))
    return { ...body, items: Object.fromEntries(items) }
  },
  translation: (reader, { body }) => {
    const entries = Object.entries(body).map(([address, texts]) => [address, trimTexts(reader, address, texts)])
    return Object.fromEntries(entries.filter(([, texts]) => texts !== undefined))
  },
  role: (_reader, { body }) => ({ title: body.title ?? null }),
}

/** The entity, when the reader may do anything with it. */
function concerned({ release, actor }: Reader, name: unknown): Entity | undefined {
  const entity = release.entity(asText(name) ?? '')
  return entity !== undefined && grantFor(release, actor, entity).verbs.size > 0 ? entity : undefined
}

function trimTab(reader: Reader, entity: Entity, tab: JsonObject): JsonObject {
  const sections = mapped(tab.sections, (section) => {
    const fields = asObject(section).fields
    return { ...withoutForeign(reader, entity, asObject(section)), fields: shownKeys(reader, entity, fields) }
  })
  return { ...withoutForeign(reader, entity, tab), sections }
}

/** Without a `visible` that reads what the reader may not see. */
function withoutForeign(reader: Reader, entity: Entity, part: JsonObject): JsonObject {
  const { visible, ...others } = part
  return typeof visible === 'string' && !isReadable(reader, entity, visible) ? others : part
}

/** A view that selects or groups by what the reader may not see would be another one without it. */
function trimView(reader: Reader, entity: Entity, body: JsonObject): JsonObject | undefined {
  const { where, group } = body
  const shown = shownFields(reader, entity)
  if (typeof where === 'string' && !isReadable(reader, entity, where)) return undefined
  if (typeof group === 'string' && entity.fields.has(group) && !shown.has(group)) return undefined
  return {
    ...body,
    columns: shownKeys(reader, entity, body.columns),
    ...(body.sort === undefined ? {} : { sort: shownKeys(reader, entity, body.sort) }),
  }
}

function isReadable(reader: Reader, entity: Entity, text: string): boolean {
  return checkExpression(text, readableScope(reader, entity)).ok
}

/** The entries whose key is no field that the reader may not see. */
function shownKeys(reader: Reader, entity: Entity, entries: Json | undefined): JsonObject {
  const shown = shownFields(reader, entity)
  return Object.fromEntries(
    Object.entries(asObject(entries)).filter(([name]) => shown.has(name) || !entity.fields.has(name)),
  )
}

function mapped(entries: Json | undefined, change: (entry: Json) => Json): JsonObject {
  return Object.fromEntries(Object.entries(asObject(entries)).map(([id, entry]) => [id, change(entry)]))
}

function isReachable(reader: Reader, { entity, view }: JsonObject): boolean {
  const found = reader.release.definitions.get(`view/${asText(view) ?? ''}`)
  return (
    concerned(reader, entity) !== undefined && (found === undefined || shownDefinition(reader, found) !== undefined)
  )
}

/** The texts of what is left of a definition. */
function trimTexts(reader: Reader, address: Address, texts: Json): JsonObject | undefined {
  const definition = reader.release.definitions.get(address)
  const shown = definition && shownDefinition(reader, definition)
  if (shown === undefined) return undefined
  return Object.fromEntries(
    Object.entries(asObject(texts)).filter(([pointer]) => readPointer(shown.body, pointer) !== undefined),
  )
}
