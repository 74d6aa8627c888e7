import type { Release } from '@heddle/metadata'
import type { FoundRecord } from '../api/search.ts'
import { type Me, mayDo } from '../api/session.ts'
import { iconOf, listTitle, type Menu } from './menus.ts'
import type { RecentRecord } from './recent.ts'

/** Somewhere the palette can lead to. */
export interface Destination {
  readonly key: string
  readonly title: string
  readonly group: 'list' | 'create' | 'search' | 'record'
  /** What a record is. */
  readonly kind?: string | undefined
  readonly icon: string | undefined
  readonly path: string
}

/** Entities that this person may create records of, in the order of the menus. */
export function creatable(
  menus: readonly Menu[],
  me: Me,
): { entity: string; title: string; icon: string | undefined }[] {
  const entries = menus.flatMap((menu) => menu.entries)
  return entries.filter(
    ({ entity }, index) =>
      mayDo(me, entity, 'create') && entries.findIndex((other) => other.entity === entity) === index,
  )
}

/** What the palette chooses from besides the menus. */
export interface Surroundings {
  readonly me: Me
  readonly release: Release
  readonly recent: readonly RecentRecord[]
  /** What the engine found by the text. */
  readonly found: readonly FoundRecord[]
}

/**
 * Lists and new records whose title has the text, then records with it, those by whose name it goes first, and the
 * lists that have more of them. Without a text, the records one had open and all lists.
 */
export function destinations(text: string, menus: readonly Menu[], { me, release, recent, found }: Surroundings) {
  const wanted = text.trim().toLowerCase()
  const records = (list: readonly FoundRecord[]) => list.flatMap((each) => recordPlace(each, menus, release))
  if (wanted === '') return [...records(recent.slice(0, mostRecent)), ...lists(menus)]
  const pages = [...lists(menus), ...creates(menus, me, release)]
  return [
    ...pages.filter(({ title }) => title.toLowerCase().includes(wanted)),
    ...records(found.toSorted((a, b) => rankOf(a, wanted) - rankOf(b, wanted))),
    ...searches(text.trim(), menus, { found, release }),
  ]
}

const mostRecent = 5

/** Records called so before those that only mention it somewhere. */
function rankOf({ label }: FoundRecord, wanted: string): number {
  const position = label.toLowerCase().indexOf(wanted)
  return position === 0 ? 0 : position > 0 ? 1 : 2
}

function lists(menus: readonly Menu[]): Destination[] {
  return menus.flatMap((menu) =>
    menu.entries.map(({ id, title, icon, entity, view }): Destination => {
      const query = view === undefined ? '' : `?view=${view}`
      return { key: `${menu.name}/${id}`, title, group: 'list', icon, path: `/list/${entity}${query}` }
    }),
  )
}

function creates(menus: readonly Menu[], me: Me, release: Release): Destination[] {
  return creatable(menus, me).map(({ entity, title, icon }) => ({
    key: `create/${entity}`,
    title: release.entity(entity)?.title ?? title,
    group: 'create',
    icon,
    path: `/create/${entity}`,
  }))
}

function recordPlace({ entity, id, label }: FoundRecord, menus: readonly Menu[], release: Release): Destination[] {
  const known = release.entity(entity)
  if (known === undefined) return []
  const title = label === '' ? known.title : label
  const path = `/record/${entity}/${id}`
  return [{ key: path, title, group: 'record', kind: known.title, icon: iconOf(menus, entity), path }]
}

function searches(
  text: string,
  menus: readonly Menu[],
  { found, release }: Pick<Surroundings, 'found' | 'release'>,
): Destination[] {
  return [...new Set(found.map(({ entity }) => entity))].flatMap((name): Destination[] => {
    const entity = release.entity(name)
    if (entity === undefined || entity.search.length === 0) return []
    const path = `/list/${name}?search=${encodeURIComponent(text)}`
    return [{ key: `search/${name}`, title: listTitle(menus, entity), group: 'search', icon: 'search', path }]
  })
}
