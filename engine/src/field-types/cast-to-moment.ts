import type { Cast } from './cast.ts'
import { clockOf, dayOf, halfWidth } from './cast-text-parts.ts'
import { textLiteral } from './sql-text.ts'

/** Midnight in the company's time zone. */
export const dateToDatetime: Cast = (column, { timeZone }) =>
  `${column}::timestamp at time zone ${textLiteral(timeZone)}`

/** The day in the company's time zone; the time of day goes. */
export const datetimeToDate: Cast = (column, { timeZone }) => `(${column} at time zone ${textLiteral(timeZone)})::date`

/** Text that is a day, also with a time of midnight behind it. */
export const textToDate: Cast = (column) =>
  dayOf(`regexp_replace(btrim(${halfWidth(column)}), '[ T]+0?0:00(:00)?$', '')`)

/** Text that is a time of day. */
export const textToTime: Cast = (column) => clockOf(halfWidth(column))

/** Text that is a day and perhaps a time in the company's zone, or ISO 8601 with an offset. */
export const textToDatetime: Cast = (column, { timeZone }) => {
  const day = dayOf(`regexp_replace(t, '[ T].*$', '')`)
  const clock = `case when t ~ '[ T]' then ${clockOf(`regexp_replace(t, '^[^ T]*[ T]+', '')`)} else time '00:00' end`
  const local = `((${day} + ${clock}) at time zone ${textLiteral(timeZone)})`
  const isComplete = `t ~ '^\\d{4}-\\d\\d-\\d\\d[T ]([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d+)?)?(Z|[+-](0\\d|1[0-4]):?[0-5]\\d)$'`
  return `(select case
      when not (${isComplete}) then ${local}
      when ${dayOf('left(t, 10)')} is not null then t::timestamptz
    end from (select btrim(${halfWidth(column)}) as t) moments)`
}
