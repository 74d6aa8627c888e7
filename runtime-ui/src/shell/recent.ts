import { asObject, asText } from '@heddle/metadata'
import { deviceStore } from '../device-store.ts'
import type { Menu } from './menus.ts'

/** A record someone looked at on this device. */
export interface RecentRecord {
  readonly entity: string
  readonly id: string
  readonly label: string
}

const recentKey = 'heddle.recent'
const listKey = 'heddle.list'
const most = 12

/** The records last looked at by that person, newest first. */
export function recentRecords(user: string): RecentRecord[] {
  const stored = readStored(recentKey)[user]
  return (Array.isArray(stored) ? stored.map(asObject) : []).flatMap(({ entity, id, label }) => {
    const record = { entity: asText(entity) ?? '', id: asText(id) ?? '', label: asText(label) ?? '' }
    return record.entity === '' || record.id === '' ? [] : record
  })
}

/** Puts a record at the front of those last looked at. */
export function rememberRecent(user: string, record: RecentRecord): void {
  const others = recentRecords(user).filter(({ entity, id }) => entity !== record.entity || id !== record.id)
  const list = [record, ...others].slice(0, most).map((each) => ({ ...each }))
  deviceStore.setItem(recentKey, JSON.stringify({ ...readStored(recentKey), [user]: list }))
}

/** The entity whose list was last open, the first one of the menus otherwise. */
export function lastList(menus: readonly Menu[]): string | undefined {
  const entities = menus.flatMap((menu) => menu.entries.map(({ entity }) => entity))
  const last = deviceStore.getItem(listKey)
  return last !== null && entities.includes(last) ? last : entities[0]
}

/** Remembers the list that is open. */
export function rememberList(entity: string): void {
  deviceStore.setItem(listKey, entity)
}

function readStored(key: string): ReturnType<typeof asObject> {
  try {
    return asObject(JSON.parse(deviceStore.getItem(key) ?? '{}'))
  } catch {
    return {}
  }
}
