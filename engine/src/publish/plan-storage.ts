import {
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

/** Where the data of the next release will be: known places stay, new ones are chosen, what is gone is hidden. */
export function planStorage(definitions: Iterable<Effective>, previous: Storage): Storage {
  const entities: { [id: string]: EntityStorage } = {}
  for (const [id, stored] of Object.entries(previous.entities)) entities[id] = { ...stored, hidden: true }
  for (const definition of definitions) {
    if (definition.kind !== 'entity') continue
    const id = entityIdOf(definition)
    entities[id] = entityStorage(id, definition, previous.entities[id])
  }
  for (const [id, stored] of Object.entries(previous.entities)) {
    const next = entities[id]
    if (next !== undefined && isUnchanged(stored, next)) entities[id] = stored
  }
  return { entities, aliases: {} }
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

function isUnchanged(a: EntityStorage, b: EntityStorage): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
