import type { Json } from '../json.ts'
import { toHalfWidth } from './clean-text.ts'
import { defineFieldType, plainText, readAs, unreadable, type ValueFault } from './define-field-type.ts'
import { equalityOperators } from './operators.ts'

/**
 * A length of time, ISO 8601: years and months (`P1Y2M`) or days, hours, minutes and seconds (`P1DT2H`), as FEEL has it
 * never both. Stored with months below 12, hours below 24 and so on; weeks become days.
 */
export const duration = defineFieldType({
  settings: {},
  value: () => ({ type: 'string', format: 'duration', maxLength: 40 }),
  normalise: (value) => (typeof value === 'string' ? (normalised(value) ?? value) : value),
  check: durationFaults,
  feel: 'duration',
  operators: equalityOperators,
  toText: plainText,
  fromText: (written) => {
    const value = normalised(written) ?? readWords(written)
    return value === undefined
      ? unreadable('text.duration', `“${written}” is no duration; write it as P1DT2H, 1天2小时 or 90 min.`)
      : readAs(value)
  },
})

const form = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/
const longestPart = 9

function durationFaults(value: Json): ValueFault[] {
  if (typeof value === 'string' && normalised(value) !== undefined) return []
  const message =
    'A duration has either years and months or days, hours, minutes and seconds, of at most 9 digits each.'
  return [{ path: '', code: 'value.duration', message }]
}

/** The one form of a duration, undefined when it mixes the two kinds or is none. */
function normalised(text: string): string | undefined {
  const match = form.exec(text.trim().toUpperCase())
  const parts = match?.slice(1) ?? []
  const given = parts.filter((part) => part !== undefined)
  if (given.length === 0 || given.some((part) => part.length > longestPart)) return undefined
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts.map((part) =>
    Number(part ?? 0),
  )
  const total = weeks * 604_800 + days * 86_400 + hours * 3600 + minutes * 60 + seconds
  if (years + months === 0) return daysForm(total)
  return total === 0 ? monthsForm(years * 12 + months) : undefined
}

function monthsForm(total: number): string {
  return `P${part(Math.floor(total / 12), 'Y')}${part(total % 12, 'M')}`
}

function daysForm(total: number): string {
  const clock = `${part(Math.floor(total / 3600) % 24, 'H')}${part(Math.floor(total / 60) % 60, 'M')}${part(total % 60, 'S')}`
  const days = part(Math.floor(total / 86_400), 'D')
  if (clock === '') return days === '' ? 'PT0S' : `P${days}`
  return `P${days}T${clock}`
}

function part(value: number, designator: string): string {
  return value === 0 ? '' : `${value}${designator}`
}

/** Words for the parts of {@link form}, in its order. */
const words: readonly RegExp[] = [
  /^(?:年|years?|y)$/,
  /^(?:个?月|months?)$/,
  /^(?:周|星期|weeks?|w)$/,
  /^(?:天|日|days?|d)$/,
  /^(?:个?小时|时|hours?|h)$/,
  /^(?:分钟?|minutes?|mins?|m)$/,
  /^(?:秒钟?|seconds?|secs?|s)$/,
]

/** Counts with units: `1天2小时`, `90 min`. */
function readWords(text: string): string | undefined {
  const compact = toHalfWidth(text).toLowerCase().replace(/\s/g, '')
  if (!/^(?:\d{1,9}\D+)+$/.test(compact)) return undefined
  const sums = words.map(() => 0)
  for (const [, count = '', unit = ''] of compact.matchAll(/(\d+)(\D+)/g)) {
    const position = words.findIndex((word) => word.test(unit))
    if (position < 0) return undefined
    sums[position] = (sums[position] ?? 0) + Number(count)
  }
  const [years, months, weeks, days, hours, minutes, seconds] = sums
  return normalised(`P${years}Y${months}M${weeks}W${days}DT${hours}H${minutes}M${seconds}S`)
}
