import { asObject, asText, type Entity, type Release } from '@heddle/metadata'
import { type Me, mayDo } from '../api/session.ts'

/** One entry of the navigation: a list of records. */
export interface MenuEntry {
  readonly id: string
  readonly title: string
  readonly entity: string
  readonly view: string | undefined
  readonly icon: string | undefined
}

/** One menu with the entries this person may open. */
export interface Menu {
  readonly name: string
  readonly title: string
  readonly icon: string | undefined
  readonly entries: readonly MenuEntry[]
}

/** The navigation of a person: the declared menus in order, or all entities when none are declared. */
export function menusOf(release: Release, me: Me): Menu[] {
  const declared = [...release.definitions.values()].filter(({ kind }) => kind === 'menu')
  const menus =
    declared.length === 0
      ? [generatedMenu(release)]
      : declared
          .toSorted((a, b) => orderOf(a.body.order) - orderOf(b.body.order))
          .map(({ name, body }) => ({
            name,
            title: asText(body.title) ?? name,
            icon: asText(body.icon),
            entries: Object.entries(asObject(body.items)).map(([id, item]) => readEntry(id, asObject(item))),
          }))
  return menus
    .map((menu) => ({ ...menu, entries: menu.entries.filter(({ entity }) => mayOpen(release, me, entity)) }))
    .filter(({ entries }) => entries.length > 0)
}

/** The icon of the first entry that lists the entity. */
export function iconOf(menus: readonly Menu[], entity: string): string | undefined {
  return menus.flatMap(({ entries }) => entries).find((entry) => entry.entity === entity)?.icon
}

/**
 * What the menus call the records of an entity together: the title of its only entry, of several that of the one for all
 * of its records; its own title when there is none.
 */
export function listTitle(menus: readonly Menu[], { name, title }: Pick<Entity, 'name' | 'title'>): string {
  const own = menus.flatMap(({ entries }) => entries).filter(({ entity }) => entity === name)
  const whole = own.length === 1 ? own[0] : own.find(({ view }) => view === undefined)
  return whole?.title ?? title
}

function generatedMenu(release: Release): Menu {
  const entities = release.entityNames.flatMap((name) => release.entity(name) ?? []).filter((entity) => !entity.master)
  const entries = entities.map(({ name, title, body }) => ({
    id: name,
    title,
    entity: name,
    view: undefined,
    icon: asText(asObject(body['x-entity']).icon),
  }))
  return { name: 'all', title: '', icon: undefined, entries }
}

function readEntry(id: string, item: ReturnType<typeof asObject>): MenuEntry {
  return {
    id,
    title: asText(item.title) ?? id,
    entity: asText(item.entity) ?? '',
    view: asText(item.view),
    icon: asText(item.icon),
  }
}

function mayOpen(release: Release, me: Me, entity: string): boolean {
  return release.entity(entity) !== undefined && mayDo(me, entity, 'read')
}

function orderOf(order: unknown): number {
  return typeof order === 'number' ? order : Number.MAX_SAFE_INTEGER
}
