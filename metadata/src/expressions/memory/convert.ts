import {
  FeelDate,
  FeelDateTime,
  FeelDuration,
  FeelTime,
  date as feelDate,
  dateAndTime as feelDateAndTime,
  duration as feelDuration,
  time as feelTime,
  toFeel,
} from 'feelin'
import { roundHalfUp } from '../decimal.ts'
import { hasOffset, isDatetimeText, isTimeText, zonedDateTime } from '../temporal.ts'
import type { FeelKind, FeelType } from '../types.ts'

type Converter = (value: unknown, timeZone: string) => unknown

const asText: Converter = (value) => (typeof value === 'string' ? value : null)
const asDuration: Converter = (value) => (typeof value === 'string' ? feelDuration(value) : null)
const asIs: Converter = (value) => value ?? null

const converters: { readonly [K in FeelKind]: Converter } = {
  text: asText,
  id: asText,
  option: asText,
  number: (value) => (typeof value === 'number' && Number.isFinite(value) ? value : null),
  boolean: (value) => (typeof value === 'boolean' ? value : null),
  date: (value) => (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? feelDate(value) : null),
  datetime: (value, timeZone) => (typeof value === 'string' ? toZoned(value, timeZone) : null),
  time: (value) => (typeof value === 'string' && isTimeText(value.slice(0, 8)) ? feelTime(value) : null),
  'days-duration': asDuration,
  'months-duration': asDuration,
  list: asIs,
  context: asIs,
  null: () => null,
  unknown: asIs,
}

/** A JSON value as FEEL sees it; what is not of the type is null. Dates and times are put into the zone. */
export function toFeelValue(value: unknown, type: FeelType, timeZone: string): unknown {
  if (type.kind !== 'list') return converters[type.kind](value, timeZone)
  return Array.isArray(value) ? value.map((element) => toFeelValue(element, type.of, timeZone)) : null
}

/** A date and time text, local to the zone unless it names an offset, as the zone's clock shows it. */
export function toZoned(written: string, timeZone: string): unknown {
  const trimmed = written.replace(/(\.\d{3})\d+/, '$1')
  if (!hasOffset(trimmed)) return isDatetimeText(trimmed) ? feelDateAndTime(`${trimmed}@${timeZone}`) : null
  const instant = new Date(trimmed)
  return Number.isNaN(instant.getTime()) ? null : toFeel(zonedDateTime(instant, timeZone))
}

/** The plain JSON value of a FEEL value. Instants are in UTC; numbers are rounded, one that is not finite is null. */
export function fromFeelValue(value: unknown, scale: number): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? roundHalfUp(value, scale) + 0 : null
  if (value instanceof FeelDateTime) return instantOf(value)
  if (value instanceof FeelDate || value instanceof FeelTime || value instanceof FeelDuration) return value.toString()
  return Array.isArray(value) ? value.map((element) => fromFeelValue(element, scale)) : (value ?? null)
}

function instantOf(value: FeelDateTime): string {
  const zoned = value.unwrap().toZonedDateTime(value.timezone ?? 'UTC')
  return new Date(zoned.epochMilliseconds).toISOString()
}
