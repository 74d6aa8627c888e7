import type { Release } from '@heddle/metadata'
import { type Me, mayDo } from '../api/session.ts'
import type { Menu } from './menus.ts'

/** Somewhere the palette can lead to. */
export interface Destination {
  readonly key: string
  readonly title: string
  readonly group: 'list' | 'create' | 'search'
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

/** Lists and new records whose title has the text, and the text as a search in each list. */
export function destinations(text: string, menus: readonly Menu[], { me, release }: { me: Me; release: Release }) {
  const wanted = text.trim().toLowerCase()
  const lists = menus.flatMap((menu) =>
    menu.entries.map(({ id, title, icon, entity, view }): Destination => {
      const query = view === undefined ? '' : `?view=${view}`
      return { key: `${menu.name}/${id}`, title, group: 'list', icon, path: `/list/${entity}${query}` }
    }),
  )
  const creates = creatable(menus, me).map(
    ({ entity, title, icon }): Destination => ({
      key: `create/${entity}`,
      title: release.entity(entity)?.title ?? title,
      group: 'create',
      icon,
      path: `/create/${entity}`,
    }),
  )
  const matching = [...lists, ...creates].filter(({ title }) => title.toLowerCase().includes(wanted))
  return wanted === '' ? lists : [...matching, ...searches(text.trim(), menus, release)]
}

function searches(text: string, menus: readonly Menu[], release: Release): Destination[] {
  const entities = new Set(menus.flatMap((menu) => menu.entries.map(({ entity }) => entity)))
  return [...entities].flatMap((name) => {
    const entity = release.entity(name)
    if (entity === undefined || entity.search.length === 0) return []
    const path = `/list/${name}?search=${encodeURIComponent(text)}`
    return { key: `search/${name}`, title: entity.title, group: 'search', icon: 'search', path }
  })
}
