import type { Json } from '../json.ts'
import { isoClock, isoDay, readClock, readDay } from './calendar-text.ts'
import { toHalfWidth } from './clean-text.ts'
import { defineFieldType, type Parsed, plainText, readAs, unreadable } from './define-field-type.ts'
import { instantOf, wallTimeAt } from './local-time.ts'
import { orderedOperators } from './operators.ts'

/** A moment, ISO 8601 with offset; stored to the millisecond and given back in UTC. Its text is in the company's zone. */
export const datetime = defineFieldType({
  settings: {},
  value: () => ({ type: 'string', format: 'date-time', maxLength: 40 }),
  normalise: (value) => (typeof value === 'string' ? normalised(value) : value),
  check: (value) =>
    Number.isNaN(instantIn(value)) || plainText(value) < '1000'
      ? [{ path: '', code: 'value.moment', message: 'Must be a moment between the years 1000 and 9999.' }]
      : [],
  feel: 'datetime',
  operators: orderedOperators,
  toText: (value, _field, { timeZone }) => {
    const instant = instantIn(value)
    if (Number.isNaN(instant)) return ''
    const wall = wallTimeAt(instant, timeZone)
    return `${isoDay(wall)} ${isoClock(wall)}`.replace(/:00$/, '')
  },
  fromText: (written, _field, { timeZone }) => readMoment(written, timeZone),
})

/** The form PostgreSQL gives a timestamptz in JSON: UTC, the fraction only when there is one. */
function isoMoment(instant: number): string {
  return new Date(instant).toISOString().replace(/(?:\.000|(\.\d+?)0*)Z$/, '$1+00:00')
}

const complete = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/i

/** A day that no calendar has stays as it is, for the schema to refuse: `Date` would move it into the next month. */
function normalised(text: string): string {
  const written = text.trim()
  const isMoment = complete.test(written) && readDay(written.slice(0, 10)) !== undefined
  const instant = isMoment ? Date.parse(written.replace(' ', 'T')) : Number.NaN
  return Number.isNaN(instant) || instant >= Date.UTC(10_000, 0, 1) ? text : isoMoment(instant)
}

function instantIn(value: Json): number {
  return typeof value === 'string' ? Date.parse(value) : Number.NaN
}

function readMoment(text: string, timeZone: string): Parsed {
  const written = toHalfWidth(text).trim()
  const absolute = normalised(written)
  if (absolute !== written || complete.test(written)) return readAs(absolute)
  const [, dayText = '', clockText = ''] = /^(.*?\d日?)(?:[T ]\s*(\d{1,2}[:时].*))?$/.exec(written) ?? []
  const day = readDay(dayText)
  const clock = clockText === '' ? { hour: 0, minute: 0, second: 0 } : readClock(clockText)
  return day === undefined || clock === undefined
    ? unreadable('text.datetime', `“${text}” is no date and time; write it as 2025-01-31 08:30.`)
    : readAs(isoMoment(instantOf({ ...day, ...clock }, timeZone)))
}
