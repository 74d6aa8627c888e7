import {
  asObject,
  asText,
  asTexts,
  checkExpression,
  type Entity,
  expressionsOf,
  fieldTypeOf,
  type Json,
  type JsonObject,
  parsePointer,
} from '@heddle/metadata'
import { type FieldAccess, fieldAccess, grantFor } from './grant.ts'
import { readableRuleScope, readableScope } from './readable-scope.ts'
import type { Reader } from './reader.ts'

/** The fields of an entity that the reader may see, as far as its metadata goes: of lines, those they may read. */
export function shownFields(reader: Reader, entity: Entity): ReadonlySet<string> {
  const grant = grantFor(reader.release, reader.actor, entity)
  const isShown = (name: string, target: Entity | undefined) =>
    fieldAccess(grant, name) !== 'none' &&
    (target === undefined || grantFor(reader.release, reader.actor, target).verbs.has('read'))
  const fields = [...entity.fields.values()].filter((field) => {
    const isLines = fieldTypeOf(field.type).source === 'children'
    return isShown(field.name, isLines ? reader.release.entity(String(field.settings.entity)) : undefined)
  })
  return new Set(fields.map((field) => field.name))
}

/**
 * An entity's document without the fields that the reader may not see and without every expression that reads one of
 * them; fields that they may only read are read-only in it.
 */
export function trimEntity(reader: Reader, entity: Entity, body: JsonObject): JsonObject {
  const shown = shownFields(reader, entity)
  const grant = grantFor(reader.release, reader.actor, entity)
  const foreign = foreignExpressions(reader, entity)
  const properties = Object.entries(asObject(body.properties)).filter(([name]) => shown.has(name))
  const isShown = (path: string) => shown.has(path.split('.')[0] ?? '')
  return {
    ...body,
    ...(body.required === undefined ? {} : { required: asTexts(body.required).filter(isShown) }),
    properties: Object.fromEntries(
      properties.map(([name, property]): [string, Json] => {
        const trimmed = without(asObject(property), foreign.get(name) ?? [])
        return [name, withAccess(withoutRollupCondition(reader, trimmed), fieldAccess(grant, name))]
      }),
    ),
    'x-entity': trimSettings(asObject(body['x-entity']), isShown, foreign.get('') ?? []),
  }
}

/** The paths of expressions that read what the reader may not see: inside each property, and for rules by their id. */
function foreignExpressions(reader: Reader, entity: Entity): ReadonlyMap<string, readonly (readonly string[])[]> {
  const scope = readableRuleScope(reader, entity)
  const found = new Map<string, (readonly string[])[]>()
  for (const { path, text } of expressionsOf(reader.release, entity)) {
    if (checkExpression(text, scope).ok) continue
    const [place, name = '', ...rest] = parsePointer(path)
    const key = place === 'properties' ? name : ''
    found.set(key, [...(found.get(key) ?? []), rest])
  }
  return found
}

/** A copy without what stands at the paths; an option loses its condition, not itself. */
function without(document: JsonObject, paths: readonly (readonly string[])[]): JsonObject {
  let result = document
  for (const path of paths) result = withoutOne(result, path)
  return result
}

function withoutOne(document: JsonObject, [key = '', ...rest]: readonly string[]): JsonObject {
  if (rest.length > 0) return { ...document, [key]: withoutOne(asObject(document[key]), rest) }
  const { [key]: _gone, ...others } = document
  return others
}

/** The condition of a roll-up reads another entity's records. */
function withoutRollupCondition(reader: Reader, property: JsonObject): JsonObject {
  const { from, where } = asObject(property['x-field'])
  const child = reader.release.entity(asText(from) ?? '')
  const text = asText(where)
  if (child === undefined || text === undefined) return property
  const isReadable = grantFor(reader.release, reader.actor, child).verbs.has('read')
  if (isReadable && checkExpression(text, readableScope(reader, child)).ok) return property
  return without(property, [['x-field', 'where']])
}

function withAccess(property: JsonObject, access: FieldAccess): JsonObject {
  if (access === 'edit') return property
  return { ...property, 'x-field': { ...asObject(property['x-field']), readOnly: 'true' } }
}

function trimSettings(
  settings: JsonObject,
  isShown: (path: string) => boolean,
  foreign: readonly (readonly string[])[],
): JsonObject {
  const { label, search, rules, duplicates, indexes, ...others } = settings
  const hidden = new Set(foreign.map(([id]) => id))
  const kept = (entries: Json | undefined, isKept: (id: string, entry: Json) => boolean) =>
    Object.fromEntries(Object.entries(asObject(entries)).filter(([id, entry]) => isKept(id, entry)))
  return {
    ...others,
    ...(typeof label === 'string' && isShown(label) ? { label } : {}),
    search: asTexts(search).filter(isShown),
    rules: kept(rules, (id, rule) => !hidden.has(id) && isShownAt(asText(asObject(rule).at), isShown)),
    duplicates: kept(duplicates, (_, rule) => asTexts(asObject(rule).match).every(isShown)),
    indexes: kept(indexes, (_, fields) => asTexts(fields).every(isShown)),
  }
}

function isShownAt(at: string | undefined, isShown: (path: string) => boolean): boolean {
  return at === undefined || isShown(at)
}
