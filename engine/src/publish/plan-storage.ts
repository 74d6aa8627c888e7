import {
  type Entity,
  type EntityStorage,
  type Field,
  type FieldStorage,
  isStored,
  type Release,
  type Storage,
} from '@heddle/metadata'
import { columnOf, hasColumn, isDerived } from '../field-types/index.ts'
import type { LiveState } from './live-state.ts'
import type { TypeChanges } from './type-changes.ts'

/** What the places of data depend on. */
export interface StoragePlan {
  readonly live: LiveState
  readonly changes: TypeChanges
  /** Whether a table has too many rows to be rewritten or locked while requests wait. */
  readonly isBig: (table: string) => boolean
}

/** Where the data of the next release will be: known places stay, new ones are chosen, what is gone is hidden. */
export function planStorage(release: Release, plan: StoragePlan): Storage {
  const { live } = plan
  const entities: { [id: string]: EntityStorage } = {}
  for (const [id, stored] of Object.entries(live.storage.entities)) {
    entities[id] = stored.hidden === true ? stored : hiddenEntity(stored)
  }
  for (const name of release.entityNames) {
    const entity = release.entity(name)
    if (entity === undefined) continue
    const stored = live.storage.entities[entity.id]
    const isKnown = live.release.entity(name) === entity && stored?.aliases === undefined
    entities[entity.id] = isKnown && stored !== undefined ? stored : nextStorage(entity, stored, plan)
  }
  return { entities, aliases: entityAliases(release, live.release) }
}

function hiddenEntity({ held: _held, pending: _pending, aliases: _aliases, ...stored }: EntityStorage): EntityStorage {
  return { ...stored, hidden: true }
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
function nextStorage(entity: Entity, stored: EntityStorage | undefined, plan: StoragePlan): EntityStorage {
  const next = entityStorage(entity, stored, plan)
  return stored !== undefined && JSON.stringify(stored) === JSON.stringify(next) ? stored : next
}

function entityStorage(entity: Entity, previous: EntityStorage | undefined, plan: StoragePlan): EntityStorage {
  const before = plan.live.release.entityById(entity.id)
  const fields: { [id: string]: FieldStorage } = {}
  const held: { [id: string]: NonNullable<EntityStorage['held']>[string] } = {}
  const retired: { [column: string]: string } = { ...previous?.retired }
  for (const [fieldId, stored] of Object.entries(previous?.fields ?? {})) fields[fieldId] = { ...stored, hidden: true }
  for (const field of entity.fields.values()) {
    const place = fieldPlace(entity, field, previous, plan)
    const known = previous?.fields[field.id]
    fields[field.id] = place.stored
    if (place.held !== undefined) held[field.id] = place.held
    if (known !== undefined && isKeptAside(known, place.stored)) retired[known.column] = known.columnType
  }
  const pending = pendingFields(entity, before, previous, { ...plan, fields })
  const aliases = fieldAliases(entity, before)
  return {
    table: previous?.table ?? entity.id,
    fields,
    ...optional({ aliases, held, pending, retired }),
  }
}

/** Only what says something, so that equal storages have equal texts. */
function optional(parts: { readonly [name: string]: object }): Partial<EntityStorage> {
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => Object.keys(part).length > 0))
}

interface Place {
  readonly stored: FieldStorage
  readonly held?: NonNullable<EntityStorage['held']>[string]
}

/** The same column while it can hold the values; otherwise a new one, on a big table only once its values are converted. */
function fieldPlace(entity: Entity, field: Field, previous: EntityStorage | undefined, plan: StoragePlan): Place {
  const { id, type } = field
  const columnType = columnOf(field)?.sqlType(field) ?? ''
  const known = previous?.fields[id]
  const change = plan.changes.get(entity.id)?.get(id)
  if (previous === undefined || known === undefined) {
    return { stored: { column: freeColumn(id, previous), type, columnType } }
  }
  if (change === undefined) {
    const column = keepsColumn(known, { type, columnType }) ? known.column : freeColumn(id, previous)
    return { stored: { column, type, columnType } }
  }
  const underWay = previous.held?.[id]
  if (underWay?.next.type === type && underWay.next.columnType === columnType) {
    return { stored: shown(known), held: underWay }
  }
  const next = { column: freeColumn(id, previous), type, columnType }
  if (!plan.isBig(previous.table)) return { stored: next }
  return { stored: shown(known), held: { property: change.from.source, next } }
}

/** Values that can be worked out again make way for others, and theirs for none; what has no column only has a name. */
function keepsColumn(known: FieldStorage, next: Pick<FieldStorage, 'type' | 'columnType'>): boolean {
  const [was, willBe] = [isDerived(known.type), isDerived(next.type)]
  if (was && (hasNone(known) || (willBe && hasNone(next)))) return true
  if (known.columnType !== next.columnType) return false
  return known.type === next.type || hasNone(next) || !(was || willBe)
}

/** What a field leaves behind is kept aside, unless it has nothing or can be worked out again. */
function isKeptAside(known: FieldStorage, next: FieldStorage): boolean {
  if (known.column === next.column) return false
  return !isDerived(known.type) || !(isDerived(next.type) || hasNone(known))
}

function hasNone({ columnType }: Pick<FieldStorage, 'columnType'>): boolean {
  return columnType === ''
}

function shown({ hidden: _hidden, ...stored }: FieldStorage): FieldStorage {
  return stored
}

function freeColumn(id: string, previous: EntityStorage | undefined): string {
  const taken = new Set([
    ...Object.values(previous?.fields ?? {}).map((stored) => stored.column),
    ...Object.values(previous?.held ?? {}).map(({ next }) => next.column),
    ...Object.keys(previous?.retired ?? {}),
  ])
  let column = id
  for (let suffix = 2; taken.has(column); suffix++) column = `${id}__${suffix}`
  return column
}

/**
 * Unique fields of a big table have no index yet when they were not unique in the same column before. Stored formulas
 * wait on while a job fills their column.
 */
function pendingFields(
  entity: Entity,
  before: Entity | undefined,
  previous: EntityStorage | undefined,
  { fields, isBig }: StoragePlan & { readonly fields: EntityStorage['fields'] },
): string[] {
  if (previous === undefined) return []
  const guarded = new Map(
    [...(before?.fields.values() ?? [])].filter((field) => field.isUnique).map((field) => [field.id, field.column]),
  )
  const waits = (id: string) => previous.pending?.includes(id) === true
  return [...entity.fields.values()]
    .filter(hasColumn)
    .filter((field) => {
      const { id } = field
      if (isStored(field)) return waits(id) && previous.fields[id]?.column === fields[id]?.column
      return field.isUnique && (guarded.get(id) === fields[id]?.column ? waits(id) : isBig(previous.table))
    })
    .map(({ id }) => id)
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
