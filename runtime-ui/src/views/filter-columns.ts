import { type Entity, type Field, type Release, referencedEntities } from '@heddle/metadata'
import { type Column, columnOf, operatorsOf, type SystemColumn, systemColumns } from './columns.tsx'
import { sayable } from './conditions.ts'

/** Something a condition can be about: a column, a part of one, or a field of the record that one leads to. */
export interface FilterColumn extends Column {
  /** Title of the lookup that leads there, none for the record's own fields. */
  readonly by: string | undefined
}

type Titles = (name: SystemColumn) => string

/** Everything the conditions of an entity's list can be about: own fields, parts of groups, fields behind lookups. */
export function filterColumns(
  { release, entity }: { readonly release: Release; readonly entity: Entity },
  titles: Titles,
): FilterColumn[] {
  const system = systemColumns.flatMap((name) => columnOf({ release, entity }, name, titles) ?? [])
  const own = [...fieldColumns({ release, entity }, titles), ...system].map((column) => ({ ...column, by: undefined }))
  const behind = [...entity.fields.values()].flatMap((lookup) =>
    fieldsBehind(release, lookup, titles).map((column) => ({
      ...column,
      name: `${lookup.name}.${column.name}`,
      title: `${lookup.title} · ${column.title}`,
      by: lookup.title,
    })),
  )
  return [...own, ...behind].filter((column) => sayableOperators(column).length > 0)
}

/** The operators that a condition on the column can be given a value for here. */
export function sayableOperators(column: Column) {
  return operatorsOf(column).filter((op) => sayable(op, column.feel))
}

function fieldColumns(context: { readonly release: Release; readonly entity: Entity }, titles: Titles): Column[] {
  return [...context.entity.fields.values()].flatMap((field) =>
    field.fields.size === 0 ? (columnOf(context, field.name, titles) ?? []) : partColumns(context, field, titles),
  )
}

/** A group is no value, its parts are. */
function partColumns(
  { release, entity }: { readonly release: Release; readonly entity: Entity },
  group: Field,
  titles: Titles,
): Column[] {
  const parts: Entity = { ...entity, fields: group.fields }
  return fieldColumns({ release, entity: parts }, titles).map((column) => ({
    ...column,
    name: `${group.name}.${column.name}`,
    title: `${group.title} · ${column.title}`,
  }))
}

/** The fields of the one entity that a lookup leads to; lines do not count as such. */
function fieldsBehind(release: Release, lookup: Field, titles: Titles): Column[] {
  const targets = referencedEntities(lookup)
  const target = targets.length === 1 ? release.entity(targets[0] ?? '') : undefined
  if (target === undefined) return []
  return fieldColumns({ release, entity: target }, titles).filter(({ feel }) => feel !== 'records')
}
