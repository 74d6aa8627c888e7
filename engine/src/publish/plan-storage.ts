import type { Entity, EntityStorage, Field, FieldStorage, Release, Storage } from '@heddle/metadata'
import { columnOf } from '../field-types/index.ts'
import type { LiveState } from './live-state.ts'

/** Where the data of the next release will be: known places stay, new ones are chosen, what is gone is hidden. */
export function planStorage(release: Release, live: LiveState): Storage {
  const entities: { [id: string]: EntityStorage } = {}
  for (const [id, stored] of Object.entries(live.storage.entities)) {
    entities[id] = stored.hidden === true ? stored : { ...stored, hidden: true }
  }
  for (const name of release.entityNames) {
    const entity = release.entity(name)
    if (entity === undefined) continue
    const stored = live.storage.entities[entity.id]
    const isKnown = live.release.entity(name) === entity && stored?.aliases === undefined
    entities[entity.id] = isKnown && stored !== undefined ? stored : nextStorage(entity, stored, live.release)
  }
  return { entities, aliases: entityAliases(release, live.release) }
}

/** Old names of entities that were renamed now and that no other entity has taken. */
function entityAliases(release: Release, live: Release): Storage['aliases'] {
  const aliases: { [oldName: string]: string } = {}
  for (const name of live.entityNames) {
    const id = live.entity(name)?.id
    const next = id === undefined ? undefined : release.entityById(id)
    if (next !== undefined && next.name !== name && !release.entityNames.includes(name)) aliases[name] = next.name
  }
  return aliases
}

/** The storage itself when nothing about it changes, so that nobody works on it again. */
function nextStorage(entity: Entity, stored: EntityStorage | undefined, live: Release): EntityStorage {
  const next = entityStorage(entity, stored, fieldAliases(entity, live.entityById(entity.id)))
  return stored !== undefined && JSON.stringify(stored) === JSON.stringify(next) ? stored : next
}

/** Old names of fields that were renamed now and that no other field has taken. */
function fieldAliases(entity: Entity, before: Entity | undefined): { [oldName: string]: string } {
  const names = new Map([...entity.fields.values()].map(({ id, name }) => [id, name]))
  const aliases: { [oldName: string]: string } = {}
  for (const { id, name } of before?.fields.values() ?? []) {
    const next = names.get(id)
    if (next !== undefined && next !== name && !entity.fields.has(name)) aliases[name] = next
  }
  return aliases
}

function entityStorage(
  entity: Entity,
  previous: EntityStorage | undefined,
  aliases: { readonly [oldName: string]: string },
): EntityStorage {
  const fields: { [id: string]: FieldStorage } = {}
  for (const [fieldId, stored] of Object.entries(previous?.fields ?? {})) fields[fieldId] = { ...stored, hidden: true }
  for (const field of entity.fields.values()) fields[field.id] = fieldStorage(field, previous?.fields)
  const place = { table: previous?.table ?? entity.id, fields }
  return Object.keys(aliases).length === 0 ? place : { ...place, aliases }
}

/** The same column while its SQL type stays; otherwise a new one beside it. */
function fieldStorage(field: Field, previous: EntityStorage['fields'] = {}): FieldStorage {
  const { id, type } = field
  const columnType = columnOf(type)?.sqlType(field) ?? ''
  const known = previous[id]
  if (known !== undefined && known.columnType === columnType) return { column: known.column, type, columnType }
  const taken = new Set(Object.values(previous).map((stored) => stored.column))
  let column = id
  for (let suffix = 2; taken.has(column); suffix++) column = `${id}__${suffix}`
  return { column, type, columnType }
}
