import { toHalfWidth } from './clean-text.ts'
import type { WallTime } from './local-time.ts'

/** A calendar day. */
export interface CalendarDay {
  readonly year: number
  readonly month: number
  readonly day: number
}

const dayForms: readonly { readonly pattern: RegExp; readonly order: readonly (keyof CalendarDay)[] }[] = [
  { pattern: /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/, order: ['year', 'month', 'day'] },
  { pattern: /^(\d{4})(\d{2})(\d{2})$/, order: ['year', 'month', 'day'] },
  { pattern: /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/, order: ['day', 'month', 'year'] },
]

/**
 * The day a person wrote: `2025-01-31`, `2025/1/31`, `2025年1月31日`, `20250131` or `31.01.2025`. Forms that two countries
 * read differently (`1/2/2025`) are not understood.
 */
export function readDay(text: string): CalendarDay | undefined {
  const compact = toHalfWidth(text).replace(/\s/g, '')
  for (const { pattern, order } of dayForms) {
    const match = pattern.exec(compact)
    if (match === null) continue
    const part = (name: keyof CalendarDay) => Number(match[order.indexOf(name) + 1])
    const day = { year: part('year'), month: part('month'), day: part('day') }
    return isRealDay(day) ? day : undefined
  }
  return undefined
}

/** ISO 8601 `yyyy-mm-dd`. */
export function isoDay({ year, month, day }: CalendarDay): string {
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`
}

const clock = /^(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})(?:\.\d+)?秒?|分)?$/

/** The time a person wrote: `8:30`, `08:30:15` or `8时30分`. */
export function readClock(text: string): Pick<WallTime, 'hour' | 'minute' | 'second'> | undefined {
  const match = clock.exec(toHalfWidth(text).replace(/\s/g, ''))
  if (match === null) return undefined
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)]
  return hour < 24 && minute < 60 && second < 60 ? { hour, minute, second } : undefined
}

/** `hh:mm:ss`, the form times are stored in. */
export function isoClock({ hour, minute, second }: Pick<WallTime, 'hour' | 'minute' | 'second'>): string {
  return `${twoDigits(hour)}:${twoDigits(minute)}:${twoDigits(second)}`
}

function isRealDay({ year, month, day }: CalendarDay): boolean {
  const real = new Date(Date.UTC(year, month - 1, day))
  return year >= 1000 && real.getUTCMonth() === month - 1 && real.getUTCDate() === day
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
