import { createHash } from 'node:crypto'
import { isObject, type Json, todayOf } from '@heddle/metadata'

/** A stable id for a seed record, so that loading twice is seen (UUID version 8: name-based, SHA-256). */
export function seedId(plugin: string, collection: string, key: string): string {
  const hex = createHash('sha256').update(`${plugin}/${collection}/${key}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** What stands for other values in a seed: `@account/key`, `@user/key`, `@today-30`, `@now-30d`. */
export interface SeedScope {
  readonly plugin: string
  readonly now: Date
  readonly timeZone: string
}

/** The value with every reference and relative date replaced. */
export function resolveSeedValue(value: Json, scope: SeedScope): Json {
  if (typeof value === 'string') return value.startsWith('@') ? resolveText(value, scope) : value
  if (Array.isArray(value)) return value.map((entry) => resolveSeedValue(entry, scope))
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, resolveSeedValue(entry, scope)]))
}

const dayMs = 86_400_000

function resolveText(text: string, { plugin, now, timeZone }: SeedScope): string {
  const day = /^@today([+-]\d+)?$/.exec(text)
  if (day !== null) {
    const moment = new Date(now.getTime() + Number(day[1] ?? 0) * dayMs)
    return todayOf({ now: moment, timeZone })
  }
  const moment = /^@now([+-]\d+)([dh])$/.exec(text)
  if (moment !== null) {
    const unit = moment[2] === 'd' ? dayMs : 3_600_000
    return new Date(now.getTime() + Number(moment[1]) * unit).toISOString()
  }
  const reference = /^@([a-z0-9_]+)\/(.+)$/.exec(text)
  return reference === null ? text : seedId(plugin, reference[1] ?? '', reference[2] ?? '')
}
