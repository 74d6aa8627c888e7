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
    const isKnown = live.release.entity(name) === entity
    entities[entity.id] = isKnown && stored !== undefined ? stored : nextStorage(entity, stored)
  }
  return { entities, aliases: {} }
}

/** The storage itself when nothing about it changes, so that nobody works on it again. */
function nextStorage(entity: Entity, stored: EntityStorage | undefined): EntityStorage {
  const next = entityStorage(entity, stored)
  return stored !== undefined && JSON.stringify(stored) === JSON.stringify(next) ? stored : next
}

function entityStorage(entity: Entity, previous: EntityStorage | undefined): EntityStorage {
  const fields: { [id: string]: FieldStorage } = {}
  for (const [fieldId, stored] of Object.entries(previous?.fields ?? {})) fields[fieldId] = { ...stored, hidden: true }
  for (const field of entity.fields.values()) fields[field.id] = fieldStorage(field, previous?.fields)
  return { table: previous?.table ?? entity.id, fields }
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
