import { durationParts, literalOf } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import type { SqlCall, SqlRow } from './compiling.ts'

/** SQL halves of the profile's dates and times, by the same keys. A date and time is seen in the company's zone. */
export const temporalFunctions = {
  today: { value: ({ clock }) => clock.today },
  now: { value: ({ clock }) => clock.now },
  'date-of': { value: (call) => sql`(${call.local(0)})::date` },
  'time-of': { value: (call) => sql`(${call.local(0)})::time` },
  'date-and-time': { value: (call) => sql`((${call.scalar(0)} + ${call.scalar(1)}) at time zone ${call.clock.zone})` },
  'date-plus-days': { value: (call) => sql`(${call.scalar(0)} + ${daysOf(call).days}::int)` },
  'date-minus-days': { value: (call) => sql`(${call.scalar(0)} - ${daysOf(call).days}::int)` },
  'date-plus-months': { value: (call) => sql`(${call.scalar(0)} + ${call.scalar(1)})::date` },
  'date-minus-months': { value: (call) => sql`(${call.scalar(0)} - ${call.scalar(1)})::date` },
  'datetime-plus-days': { value: (call) => moveByDays(call, 1) },
  'datetime-minus-days': { value: (call) => moveByDays(call, -1) },
  'datetime-plus-months': {
    value: (call) => sql`((${call.local(0)} + ${call.scalar(1)}) at time zone ${call.clock.zone})`,
  },
  'datetime-minus-months': {
    value: (call) => sql`((${call.local(0)} - ${call.scalar(1)}) at time zone ${call.clock.zone})`,
  },
  'days-between-dates': { value: (call) => sql`make_interval(days => ${call.scalar(0)} - ${call.scalar(1)})` },
  'days-between-datetimes': { value: (call) => sql`(${call.local(0)} - ${call.local(1)})` },
  'months-between': {
    value: (call) => {
      const age = sql`age(${call.scalar(1)}::timestamp, ${call.scalar(0)}::timestamp)`
      return sql`make_interval(months => (extract(year from ${age}) * 12 + extract(month from ${age}))::int)`
    },
  },
  year: part('year'),
  month: part('month'),
  day: part('day'),
  weekday: part('isodow'),
  hour: part('hour'),
  minute: part('minute'),
  second: part('second'),
  'duration-days': daysPart('day'),
  'duration-hours': daysPart('hour'),
  'duration-minutes': daysPart('minute'),
  'duration-seconds': daysPart('second'),
  'duration-years': part('year'),
  'duration-months': part('month'),
  'day-of-week': { value: (call) => sql`to_char(${call.local(0)}, 'FMDay')` },
  'month-of-year': { value: (call) => sql`to_char(${call.local(0)}, 'FMMonth')` },
  'day-of-year': part('doy'),
  'week-of-year': part('week'),
} satisfies Record<string, SqlRow>

function part(field: string): SqlRow {
  return { value: (call) => sql`trunc(extract(${sql.raw(field)} from ${call.local(0)}))` }
}

/** Hours beyond a day count as days, as FEEL has it. */
function daysPart(field: string): SqlRow {
  return { value: (call) => sql`trunc(extract(${sql.raw(field)} from justify_hours(${call.scalar(0)})))` }
}

/** Days move the calendar, hours move time itself: across a change of the clock they differ. */
function moveByDays(call: SqlCall, sign: number): SQL {
  const { days, milliseconds } = daysOf(call)
  const moved = sql`((${call.local(0)} + make_interval(days => ${sign * days}::int)) at time zone ${call.clock.zone})`
  return milliseconds === 0 ? moved : sql`(${moved} + make_interval(secs => ${(sign * milliseconds) / 1000}::float8))`
}

function daysOf(call: SqlCall): { readonly days: number; readonly milliseconds: number } {
  const parts = durationParts(String(literalOf(call.argument(1))))
  return parts && 'days' in parts ? parts : { days: 0, milliseconds: 0 }
}
