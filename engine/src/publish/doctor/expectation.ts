import { type Entity, type EntityStorage, isStored, keptFields, type Release } from '@heddle/metadata'
import { linkFields, storedLinkTables } from '../../field-types/link-tables.ts'
import { initialRule } from '../steps/columns.ts'
import type { Constraint } from '../steps/constraint.ts'
import { constraintsOf } from '../steps/constraints.ts'
import { systemColumns } from '../steps/create-table.ts'
import { fillName, refillStatements } from '../steps/fill-kept.ts'
import { createLinks, linkTableFor } from '../steps/links.ts'
import { conversionName } from '../steps/type-change.ts'

/** A table as the live release needs it. */
export interface ExpectedTable {
  readonly table: string
  readonly entity: string
  readonly columns: ReadonlyMap<string, ExpectedColumn>
  readonly constraints: readonly Constraint[]
  readonly triggers: readonly string[]
  /** The jobs that stored formulas wait for. */
  readonly fills: readonly { readonly name: string; readonly title: string }[]
}

/** A column by its type; what the release can do without is optional. */
export interface ExpectedColumn {
  readonly type: string
  /** What its definition says after the type. */
  readonly rule: string
  readonly isOptional: boolean
  /** What works its values out again when they are lost. */
  readonly refill?: readonly string[]
}

/** The tables that the live release and its hidden data need. */
export function expectTables(release: Release): ExpectedTable[] {
  return Object.entries(release.storage.entities).map(([id, stored]) => {
    const entity = stored.hidden === true ? undefined : release.entityById(id)
    return {
      table: stored.table,
      entity: id,
      columns: new Map([...systemTypes(), ...columnsOf(stored, initialsOf(entity), refillsOf(release, entity))]),
      constraints: entity === undefined ? [] : constraintsOf(entity, (name) => release.entity(name)?.table),
      triggers: Object.values(stored.held ?? {}).map(({ next }) => conversionName({ id }, next)),
      fills: entity === undefined ? [] : fillsOf(entity),
    }
  })
}

/** Tables of links: what makes those that the live release needs, and the names of all that its data may have. */
export interface ExpectedLinks {
  readonly needed: ReadonlyMap<string, { readonly text: string; readonly create: readonly string[] }>
  readonly known: ReadonlySet<string>
}

/** The tables of links that the live release and its hidden data need. */
export function expectLinks(release: Release): ExpectedLinks {
  const shown = release.entityNames.flatMap((name) => release.entity(name) ?? [])
  const needed = shown.flatMap((entity) =>
    linkFields(entity).flatMap((field) => {
      const link = linkTableFor(release, entity, field)
      const text = `“${field.title}” of “${entity.title}”`
      return link === undefined ? [] : [[link.table, { text, create: createLinks(link) }] as const]
    }),
  )
  const known = Object.entries(release.storage.entities).flatMap(([id, stored]) => storedLinkTables(id, stored))
  return { needed: new Map(needed), known: new Set(known) }
}

function fillsOf(entity: Entity): ExpectedTable['fills'] {
  return [...entity.fields.values()]
    .filter((field) => isStored(field) && entity.pending.has(field.id))
    .map(({ column, title }) => ({ name: fillName(entity, column), title }))
}

/** By column, what works its values out again. */
function refillsOf(release: Release, entity: Entity | undefined): ReadonlyMap<string, readonly string[]> {
  const kept = entity === undefined ? [] : keptFields(release, entity)
  return new Map(kept.map((each) => [each.field.column, refillStatements(release, each)]))
}

/** By column, what new records begin with. */
function initialsOf(entity: Entity | undefined): ReadonlyMap<string, string> {
  return new Map(
    [...(entity?.fields.values() ?? [])].flatMap((field) => {
      const rule = initialRule(field)
      return rule === '' ? [] : [[field.column, rule] as const]
    }),
  )
}

type NamedColumn = [string, ExpectedColumn]

function systemTypes(): NamedColumn[] {
  return systemColumns.map(({ name, type, rule }) => [name, { type, rule, isOptional: false }])
}

function columnsOf(
  stored: EntityStorage,
  initials: ReadonlyMap<string, string>,
  refills: ReadonlyMap<string, readonly string[]>,
): NamedColumn[] {
  const needed = [...Object.values(stored.fields), ...Object.values(stored.held ?? {}).map(({ next }) => next)]
  return [
    ...Object.entries(stored.retired ?? {}).map(
      ([column, type]): NamedColumn => [column, { type, rule: '', isOptional: true }],
    ),
    ...needed
      .filter(({ columnType }) => columnType !== '')
      .map(({ column, columnType }): NamedColumn => {
        const refill = refills.get(column)
        const rule = initials.get(column) ?? ''
        return [column, { type: columnType, rule, isOptional: false, ...(refill === undefined ? {} : { refill }) }]
      }),
  ]
}
