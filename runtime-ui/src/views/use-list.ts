import { type Entity, type Release, sourceLocale } from '@heddle/metadata'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListQuery } from '../api/records.ts'
import { saveViewSettings, viewSettingsQuery } from '../api/view-settings.ts'
import { useLocale } from '../i18n/setup.ts'
import { useListTitle } from '../shell/session-context.ts'
import { allColumns, type Column, columnOf, type SystemColumn } from './columns.tsx'
import { type Filter, filterText, parseFilter } from './conditions.ts'
import { type FilterColumn, filterColumns } from './filter-columns.ts'
import { listQuery } from './list-query.ts'
import { type ColumnChoice, type ListView, parseSort, type SortKey, sortText, viewsOf } from './list-view.ts'
import { roomy } from './roomy-column.ts'
import { type Density, parseViewSettings, renderViewSettings, type ViewSettings, withView } from './view-settings.ts'

/** Everything a list shows, from the declared view, the person's settings and the address, and how to change it. */
export interface List {
  readonly entity: Entity
  /** What the records are called together. */
  readonly title: string
  readonly release: Release
  readonly views: readonly ListView[]
  readonly view: ListView
  readonly columns: readonly Column[]
  /** Every column there could be. */
  readonly choices: readonly Column[]
  /** What conditions can be about. */
  readonly filterable: readonly FilterColumn[]
  readonly sort: readonly SortKey[]
  readonly filter: Filter
  readonly search: string
  readonly isTrash: boolean
  readonly density: Density
  readonly peek: string | undefined
  readonly query: ListQuery
  readonly change: ListChanges
}

/** Changes of a list: columns and density are kept with the person, the order with the person and in the address. */
export interface ListChanges {
  readonly view: (name: string) => void
  readonly search: (text: string) => void
  readonly filter: (filter: Filter) => void
  readonly sort: (sort: readonly SortKey[]) => void
  readonly columns: (columns: readonly ColumnChoice[] | undefined) => void
  readonly density: (density: Density) => void
  readonly peek: (id: string | undefined) => void
  readonly trash: (isTrash: boolean) => void
  /** Takes away search and filter. */
  readonly clear: () => void
}

/** The list of an entity as it stands in the address. */
export function useList(release: Release, entity: Entity): List {
  const { t } = useTranslation()
  const search = useSearch({ from: '/app/list/$entity' })
  const { data: stored } = useQuery(viewSettingsQuery(entity.name))
  const settings = useMemo(() => parseViewSettings(stored ?? {}), [stored])
  const views = useMemo(() => viewsOf(release, entity, t('list.all')), [release, entity, t])
  const view = views.find(({ name }) => name === search.view) ?? views[0] ?? noView
  const personal = settings.views[view.name] ?? {}
  const chosen = personal.columns ?? view.columns
  const locale = useLocale()
  // Declared widths fit the texts they were declared with; a person's fit what that person sees.
  const isFitting = personal.columns !== undefined || locale === sourceLocale
  const columns = useMemo(() => {
    const titles = (name: SystemColumn) => t(`system.${name}`)
    const shown = shownColumns({ release, entity }, chosen, titles)
    return { shown: isFitting ? shown : shown.map(roomy(release)), all: allColumns({ release, entity }, titles) }
  }, [release, entity, chosen, isFitting, t])
  const sort = useMemo(() => {
    const keys = (search.sort ?? personal.sort) ? parseSort(search.sort ?? personal.sort) : view.sort
    return keys.filter(({ field }) => columns.all.some(({ name }) => name === field))
  }, [search.sort, personal.sort, view.sort, columns.all])
  const filter = useMemo(() => parseFilter(search.filter), [search.filter])
  const filterable = useMemo(
    () => filterColumns({ release, entity }, (name) => t(`system.${name}`)),
    [release, entity, t],
  )
  const query = listQuery({ entity, view, sort, filter, columns: columns.shown, filterable, search })
  const change = useListChanges(entity.name, settings, view.name)
  const title = useListTitle(entity)
  return {
    entity,
    title,
    release,
    views,
    view,
    columns: columns.shown,
    choices: columns.all,
    filterable,
    sort,
    filter,
    search: search.search ?? '',
    isTrash: search.deleted === 'only',
    density: settings.density,
    peek: search.peek,
    query,
    change,
  }
}

const noView: ListView = { name: '', title: '', columns: [], sort: [], where: undefined, group: undefined }

function shownColumns(
  context: { readonly release: Release; readonly entity: Entity },
  choices: readonly ColumnChoice[],
  titles: (name: SystemColumn) => string,
): Column[] {
  return choices.flatMap(({ name, width }) => {
    const column = columnOf(context, name, titles)
    return column === undefined ? [] : [{ ...column, width: width ?? column.width }]
  })
}

function useListChanges(entity: string, settings: ViewSettings, view: string): ListChanges {
  const navigate = useNavigate({ from: '/list/$entity' })
  const client = useQueryClient()
  return useMemo(() => {
    const go = (change: { readonly [name: string]: string | undefined }, replace = false) =>
      void navigate({ search: (current) => ({ ...current, ...change }), replace })
    const keep = (next: ViewSettings) => void saveViewSettings(client, entity, renderViewSettings(next))
    const personal = settings.views[view] ?? {}
    return {
      view: (name) => go({ view: name, sort: undefined, peek: undefined }),
      search: (text) => go({ search: text || undefined, peek: undefined }, true),
      filter: (filter) => go({ filter: filterText(filter), peek: undefined }, true),
      sort: (sort) => {
        const text = sortText(sort)
        go({ sort: text }, true)
        keep(withView(settings, view, { ...personal, sort: text }))
      },
      columns: (columns) => {
        const { columns: _former, ...others } = personal
        keep(withView(settings, view, columns === undefined ? others : { ...personal, columns }))
      },
      density: (density) => keep({ ...settings, density }),
      peek: (id) => go({ peek: id }, true),
      trash: (isTrash) => go({ deleted: isTrash ? 'only' : undefined, peek: undefined }),
      clear: () => go({ search: undefined, filter: undefined }),
    }
  }, [navigate, client, entity, settings, view])
}
