import { badLiteral } from '../findings.ts'
import type { Operand } from '../operand.ts'
import { durationParts } from '../temporal.ts'
import {
  date,
  datetime,
  daysDuration,
  decimalNumber,
  type FeelKind,
  type FeelType,
  monthsDuration,
  time,
} from '../types.ts'
import { literalOf, type ProfileRow } from './row.ts'

const whole = () => decimalNumber(0)
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
const names = (options: readonly string[]) => (): FeelType => ({ kind: 'option', options, ordered: true })
const days = ['date', 'datetime'] as const
const literalDays = { name: 'duration', kinds: ['days-duration'], literal: true } as const
const months = { name: 'duration', kinds: ['months-duration'] } as const

/**
 * Dates and times. A date and time is seen in the company's zone; `today()` and `now()` are given, not the process's.
 */
export const temporalFunctions = {
  today: { name: 'today', form: 'function', parameters: [], result: () => date, memory: () => 'Clock.today' },
  now: { name: 'now', form: 'function', parameters: [], result: () => datetime, memory: () => 'Clock.now' },
  'date-of': { name: 'date', form: 'function', parameters: [of('datetime')], result: () => date },
  'time-of': {
    name: 'time',
    form: 'function',
    parameters: [of('datetime')],
    result: () => time,
    memory: ([value]) => `Call.timeOf(${value})`,
  },
  'date-and-time': {
    name: 'date and time',
    form: 'function',
    parameters: [of('date'), of('time')],
    result: () => datetime,
    memory: (args) => `Call.at(${args.join(', ')}, Clock.zone)`,
  },
  'date-plus-days': moved('+', 'date', { ...literalDays }, verifyWholeDays),
  'date-minus-days': moved('-', 'date', { ...literalDays }, verifyWholeDays),
  'date-plus-months': moved('+', 'date', months),
  'date-minus-months': moved('-', 'date', months),
  'datetime-plus-days': moved('+', 'datetime', literalDays),
  'datetime-minus-days': moved('-', 'datetime', literalDays),
  'datetime-plus-months': moved('+', 'datetime', months),
  'datetime-minus-months': moved('-', 'datetime', months),
  'days-between-dates': difference('date'),
  'days-between-datetimes': difference('datetime'),
  'months-between': {
    name: 'years and months duration',
    form: 'function',
    parameters: [of('date', 'from'), of('date', 'to')],
    result: () => monthsDuration,
    memory: (args) => `Call.monthsBetween(${args.join(', ')})`,
    repeats: 2,
  },
  year: property('year', ...days),
  month: property('month', ...days),
  day: property('day', ...days),
  weekday: property('weekday', ...days),
  hour: property('hour', 'datetime', 'time'),
  minute: property('minute', 'datetime', 'time'),
  second: property('second', 'datetime', 'time'),
  'duration-days': property('days', 'days-duration'),
  'duration-hours': property('hours', 'days-duration'),
  'duration-minutes': property('minutes', 'days-duration'),
  'duration-seconds': property('seconds', 'days-duration'),
  'duration-years': property('years', 'months-duration'),
  'duration-months': property('months', 'months-duration'),
  'day-of-week': { ...ofDay('day of week'), result: names(weekdays) },
  'month-of-year': { ...ofDay('month of year'), result: names(monthNames) },
  'day-of-year': ofDay('day of year'),
  'week-of-year': ofDay('week of year'),
} as const satisfies Record<string, ProfileRow>

function of(kind: FeelKind, name: string = kind) {
  return { name, kinds: [kind] }
}

function property(name: string, ...kinds: readonly FeelKind[]) {
  return { name, form: 'property', parameters: [{ name: 'value', kinds }], result: whole } as const
}

function ofDay(name: string) {
  return { name, form: 'function', parameters: [{ name: 'date', kinds: days }], result: whole } as const
}

function difference(kind: 'date' | 'datetime') {
  const parameters = [of(kind, 'later'), of(kind, 'earlier')]
  return { name: '-', form: 'infix', parameters, result: () => daysDuration } as const
}

function moved(
  name: '+' | '-',
  kind: 'date' | 'datetime',
  duration: ProfileRow['parameters'][number],
  verify?: ProfileRow['verify'],
) {
  const type = kind === 'date' ? date : datetime
  return {
    name,
    form: 'infix',
    parameters: [of(kind), duration],
    result: () => type,
    ...(verify && { verify }),
  } as const
}

/** A time of day on a date would make it a date and time. */
function verifyWholeDays([, duration]: readonly Operand[]) {
  const parts = durationParts(String(literalOf(duration)))
  return duration && parts && 'days' in parts && parts.milliseconds !== 0
    ? badLiteral(duration, String(literalOf(duration)), 'a number of whole days, which a date needs')
    : undefined
}
