import type { Entity, EntityStorage, Field, FieldStorage, Release } from '@heddle/metadata'
import { columnOf, isDerived } from '../field-types/index.ts'
import { addColumn, columnDefinition, dropColumn, hideColumn, initialValue, restoreColumn } from './steps/columns.ts'
import type { Constraint } from './steps/constraint.ts'
import { constraintsOf, planAdditions, planDrops } from './steps/constraints.ts'
import { createTable } from './steps/create-table.ts'
import { fillName, planKept } from './steps/fill-kept.ts'
import { planNumbers } from './steps/fill-numbers.ts'
import { planLinks } from './steps/links.ts'
import { planRemovedOptions } from './steps/removed-options.ts'
import { planSearch } from './steps/search-text.ts'
import { quoted, type Step, type ValueIn } from './steps/step.ts'
import {
  beginConversion,
  type CastableChange,
  cancelConversion,
  conversionName,
  copyColumn,
  finishConversion,
} from './steps/type-change.ts'
import type { TypeChanges } from './type-changes.ts'

/** What the steps depend on besides the two releases. */
export interface StepsPlan {
  readonly changes: TypeChanges
  readonly isBig: (table: string) => boolean
}

/** Steps by when they run: tables, then what gives way, then columns, then what is asked of them. */
interface Phases {
  readonly created: Step[]
  readonly dropped: Step[]
  readonly columns: Step[]
  readonly added: Step[]
}

/** The steps that turn the database of one release into that of the next. Pure. */
export function planSteps(live: Release, next: Release, plan: StepsPlan): Step[] {
  const phases: Phases = { created: [], dropped: [], columns: [], added: [] }
  for (const name of next.entityNames) {
    const entity = next.entity(name)
    if (entity !== undefined) planEntity({ live, next, plan }, entity, phases)
  }
  const { created, dropped, columns, added } = phases
  const computed = [...planNumbers(live, next), ...planKept(live, next)]
  return [...created, ...dropped, ...columns, ...computed, ...added, ...hiddenEntities(live, next)]
}

interface Releases {
  readonly live: Release
  readonly next: Release
  readonly plan: StepsPlan
}

function planEntity({ live, next, plan }: Releases, entity: Entity, phases: Phases): void {
  const before = live.entityById(entity.id)
  const previous = live.storage.entities[entity.id]
  const size = previous === undefined ? 'new' : plan.isBig(entity.table) ? 'big' : 'small'
  // Before the question whether its own body changed: options, and their titles, may come from an option-set.
  if (previous !== undefined && before !== entity) phases.columns.push(...planRemovedOptions(before, entity, previous))
  const search = before === entity ? [] : planSearch(entity, before, size)
  if (before !== undefined && before.body === entity.body && !isStorageChanged(live, next, entity.id)) {
    phases.added.push(...search)
    return
  }
  const known = constraintsBefore(live, before)
  const change = { entity, before, changes: plan.changes.get(entity.id) ?? new Map() }
  const tableOf = (target: string) => next.entity(target)?.table
  if (previous === undefined) phases.created.push(createTable(entity))
  else phases.columns.push(...planColumns(change, previous, next.storage.entities[entity.id] ?? previous))
  const isThere = (table: string) => Object.values(live.storage.entities).some((stored) => stored.table === table)
  const valueIn = previous === undefined ? {} : { valueIn: valuesBefore(change, previous) }
  const asked = constraintsOf(entity, tableOf, { ...valueIn, isThere })
  phases.dropped.push(...planDrops(entity, known, asked))
  phases.added.push(...planLinks(live, next, entity), ...planAdditions(entity, known, asked, size), ...search)
}

interface EntityChange {
  readonly entity: Entity
  readonly before: Entity | undefined
  readonly changes: ReadonlyMap<string, CastableChange>
}

/** The steps for the columns of an entity that exists. */
function planColumns(change: EntityChange, previous: EntityStorage, next: EntityStorage): Step[] {
  const steps = [...change.entity.fields.values()].flatMap((field) => planColumn(change, field, previous, next))
  for (const [id, { next: target }] of Object.entries(previous.held ?? {})) {
    const isEnded = next.held?.[id] === undefined && next.fields[id]?.column !== target.column
    const isReplaced = next.held?.[id] !== undefined && next.held[id]?.next.column !== target.column
    if (isEnded || isReplaced) steps.unshift(cancelConversion(change.entity, `/properties/${id}`, target))
  }
  for (const [id, stored] of Object.entries(next.fields)) {
    const known = previous.fields[id]
    if (stored.hidden && known?.hidden !== true) steps.push(hideColumn(change.entity, id, stored.column))
    if (known !== undefined && makesWay(known, stored)) steps.unshift(dropColumn(change.entity, id, known.column))
  }
  return steps
}

/** True for a derived column that gives way to another, or to none, and is not kept aside. */
function makesWay(known: FieldStorage, stored: FieldStorage): boolean {
  if (!(isDerived(known.type) && isDerived(stored.type)) || known.columnType === '') return false
  return stored.columnType === '' || stored.column !== known.column
}

function planColumn(
  { entity, before, changes }: EntityChange,
  field: Field,
  previous: EntityStorage,
  next: EntityStorage,
): Step[] {
  const definition = columnDefinition(field)
  const known = previous.fields[field.id]
  const stored = next.fields[field.id]
  if (definition === null || stored === undefined) return []
  const underWay = previous.held?.[field.id]
  if (underWay !== undefined && underWay.next.column === stored.column)
    return [finishConversion(entity, field, underWay.next)]
  const change = changes.get(field.id)
  const held = next.held?.[field.id]
  const valueIn = valuesBefore({ entity, before, changes }, previous)
  if (change !== undefined && held !== undefined) {
    return held === underWay ? [] : [beginConversion(entity, change, held, valueIn)]
  }
  if (change !== undefined) return [copyColumn(entity, change, stored, valueIn)]
  const isThere = known !== undefined && known.column === stored.column && known.columnType !== ''
  if (!isThere) return [addColumn(entity, field, definition)]
  return known.hidden ? [restoreColumn(entity, field)] : []
}

/** What fields are worth in the rows that exist before the plan's columns do. */
function valuesBefore({ changes }: EntityChange, previous: EntityStorage): ValueIn {
  const columns = new Set([
    ...Object.values(previous.fields).flatMap(({ column, columnType }) => (columnType === '' ? [] : [column])),
    ...Object.values(previous.held ?? {}).map(({ next }) => next.column),
  ])
  return (field) => {
    if (columns.has(field.column)) return quoted(field.column)
    const cast = changes.get(field.id)?.cast.value
    return cast ?? initialValue(field) ?? `null::${columnOf(field)?.sqlType(field) ?? 'text'}`
  }
}

function constraintsBefore(live: Release, before: Entity | undefined): Constraint[] {
  return before === undefined ? [] : constraintsOf(before, (target) => live.entity(target)?.table)
}

function isStorageChanged(live: Release, next: Release, id: string): boolean {
  return live.storage.entities[id] !== next.storage.entities[id]
}

function hiddenEntities(live: Release, next: Release): Step[] {
  return live.entityNames.flatMap((name): Step[] => {
    const entity = live.entity(name)
    if (entity === undefined || next.entityById(entity.id) !== undefined) return []
    const constraints = constraintsBefore(live, entity)
    const held = Object.values(live.storage.entities[entity.id]?.held ?? {})
    const step: Step = {
      class: 'safe',
      address: `entity/${name}`,
      path: '',
      text: `Hide “${entity.title}”; its records are kept until it is purged.`,
      sql: constraints.map((constraint) => constraint.drop),
      cancels: [
        ...constraints.map((constraint) => constraint.name),
        ...[...entity.fields.values()].map((field) => fillName(entity, field.column)),
        ...held.map((each) => conversionName(entity, each.next)),
      ],
    }
    return [...held.map((each) => cancelConversion(entity, '', each.next)), step]
  })
}
