import type { Entity } from '@heddle/metadata'
import type { ListQuery } from '../api/records.ts'
import type { Column } from './columns.tsx'
import { allOf, type Filter, filterToFeel } from './conditions.ts'
import type { FilterColumn } from './filter-columns.ts'
import { type ListView, type SortKey, sortText } from './list-view.ts'

interface QueryParts {
  readonly entity: Entity
  readonly view: ListView
  readonly sort: readonly SortKey[]
  readonly filter: Filter
  readonly columns: readonly Column[]
  readonly filterable: readonly FilterColumn[]
  readonly search: { readonly search?: string; readonly deleted?: string }
}

/** What a list asks the engine for: only what is shown; the order begins with what the records are grouped by. */
export function listQuery({ entity, view, sort, filter, columns, filterable, search }: QueryParts): ListQuery {
  const kindOf = (name: string) => filterable.find((column) => column.name === name)?.feel
  const { group } = view
  const grouped: readonly SortKey[] =
    group === undefined ? sort : [{ field: group, direction: 'asc' }, ...sort.filter(({ field }) => field !== group)]
  // Amounts are shown in the record's currency.
  const currency = entity.hasCurrency && entity.fields.has('currency') ? 'currency' : undefined
  const besides = [entity.label, group, currency].filter((name) => name !== undefined)
  return {
    where: allOf([view.where, filterToFeel(filter, kindOf)]),
    search: search.search,
    sort: sortText(grouped) || undefined,
    fields: [...new Set([...columns.map(({ name }) => name), ...besides])],
    deleted: search.deleted === 'only' ? 'only' : undefined,
  }
}
