import {
  type Address,
  asObject,
  asText,
  type Effective,
  type EntityStorage,
  entityIdOf,
  type FieldStorage,
  type FieldType,
  fieldIdOf,
  isFieldType,
  type Storage,
} from '@heddle/metadata'
import { columnOf } from '../field-types/index.ts'
import type { LiveState } from './live-state.ts'

/** Where the data of the next release will be: known places stay, new ones are chosen, what is gone is hidden. */
export function planStorage(definitions: ReadonlyMap<Address, Effective>, live: LiveState): Storage {
  const entities: { [id: string]: EntityStorage } = {}
  for (const [id, stored] of Object.entries(live.storage.entities)) {
    entities[id] = stored.hidden === true ? stored : { ...stored, hidden: true }
  }
  for (const [address, definition] of definitions) {
    if (definition.kind !== 'entity') continue
    const id = entityIdOf(definition)
    const stored = live.storage.entities[id]
    const isKnown = live.folded.definitions.get(address) === definition
    entities[id] = isKnown && stored !== undefined ? stored : nextStorage(id, definition, stored)
  }
  return { entities, aliases: {} }
}

/** The storage itself when nothing about it changes, so that nobody works on it again. */
function nextStorage(id: string, definition: Effective, stored: EntityStorage | undefined): EntityStorage {
  const next = entityStorage(id, definition, stored)
  return stored !== undefined && JSON.stringify(stored) === JSON.stringify(next) ? stored : next
}

function entityStorage(id: string, definition: Effective, previous: EntityStorage | undefined): EntityStorage {
  const fields: { [id: string]: FieldStorage } = {}
  for (const [fieldId, stored] of Object.entries(previous?.fields ?? {})) fields[fieldId] = { ...stored, hidden: true }
  for (const [name, value] of Object.entries(asObject(definition.body.properties))) {
    const property = asObject(value)
    const type = asText(asObject(property['x-field']).type) ?? ''
    if (!isFieldType(type)) continue
    const fieldId = fieldIdOf(name, property)
    fields[fieldId] = fieldStorage(fieldId, type, previous?.fields)
  }
  return { table: previous?.table ?? id, fields }
}

/** The same column while its SQL type stays; otherwise a new one beside it. */
function fieldStorage(id: string, type: FieldType, previous: EntityStorage['fields'] = {}): FieldStorage {
  const known = previous[id]
  if (known !== undefined && sqlTypeOf(known.type) === sqlTypeOf(type)) return { column: known.column, type }
  const taken = new Set(Object.values(previous).map((stored) => stored.column))
  let column = id
  for (let suffix = 2; taken.has(column); suffix++) column = `${id}__${suffix}`
  return { column, type }
}

function sqlTypeOf(type: FieldType): string {
  return columnOf(type)?.sqlType ?? 'none'
}
