import type { EntityStorage, Release } from '@heddle/metadata'
import { linkFields, storedLinkTables } from '../../field-types/link-tables.ts'
import type { Constraint } from '../steps/constraint.ts'
import { constraintsOf } from '../steps/constraints.ts'
import { systemColumns } from '../steps/create-table.ts'
import { createLinks, linkTableFor } from '../steps/links.ts'
import { conversionName } from '../steps/type-change.ts'

/** A table as the live release needs it. */
export interface ExpectedTable {
  readonly table: string
  readonly entity: string
  /** Types by column; what the release can do without is optional. */
  readonly columns: ReadonlyMap<string, { readonly type: string; readonly isOptional: boolean }>
  readonly constraints: readonly Constraint[]
  readonly triggers: readonly string[]
}

/** The tables that the live release and its hidden data need. */
export function expectTables(release: Release): ExpectedTable[] {
  return Object.entries(release.storage.entities).map(([id, stored]) => {
    const entity = stored.hidden === true ? undefined : release.entityById(id)
    return {
      table: stored.table,
      entity: id,
      columns: new Map([...systemTypes(), ...columnsOf(stored)]),
      constraints: entity === undefined ? [] : constraintsOf(entity, (name) => release.entity(name)?.table),
      triggers: Object.values(stored.held ?? {}).map(({ next }) => conversionName({ id }, next)),
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

type ExpectedColumn = [string, { type: string; isOptional: boolean }]

function systemTypes(): ExpectedColumn[] {
  return systemColumns.map(({ name, type }) => [name, { type, isOptional: false }])
}

function columnsOf(stored: EntityStorage): ExpectedColumn[] {
  const needed = [...Object.values(stored.fields), ...Object.values(stored.held ?? {}).map(({ next }) => next)]
  return [
    ...Object.entries(stored.retired ?? {}).map(
      ([column, type]): ExpectedColumn => [column, { type, isOptional: true }],
    ),
    ...needed
      .filter(({ columnType }) => columnType !== '')
      .map(({ column, columnType }): ExpectedColumn => [column, { type: columnType, isOptional: false }]),
  ]
}
