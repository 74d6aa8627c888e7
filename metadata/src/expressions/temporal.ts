import { dateAndTime, date as feelDate, duration as feelDuration, time as feelTime } from 'feelin'

/** Now, and the company's time zone (an IANA name) that rules days. */
export interface Clock {
  readonly now: Date
  readonly timeZone: string
}

/** A duration in days and milliseconds, or in months; parts have one sign. */
export type DurationParts = { readonly days: number; readonly milliseconds: number } | { readonly months: number }

const day = 86_400_000
const longestDays = 366_000
const longestMonths = 12_000
const shapes = {
  date: /^\d{4}-\d{2}-\d{2}$/,
  datetime: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?$/,
  time: /^\d{2}:\d{2}(:\d{2})?$/,
}

/** Whether the text is a date of the calendar from year 1 to 9999, `2024-01-31`. */
export function isDateText(written: string): boolean {
  return shapes.date.test(written) && !written.startsWith('0000') && feelDate(written) !== null
}

/** Whether the text is a date and time, `2024-01-31T10:00:00+08:00`; without an offset it is in the company's zone. */
export function isDatetimeText(written: string): boolean {
  return shapes.datetime.test(written) && isDateText(written.slice(0, 10)) && dateAndTime(written) !== null
}

/** Whether the text is a time of day, `10:00:00`. */
export function isTimeText(written: string): boolean {
  return shapes.time.test(written) && feelTime(written) !== null
}

/** Whether a date and time names its own offset. */
export function hasOffset(written: string): boolean {
  return /(Z|[+-]\d{2}:\d{2})$/.test(written)
}

/** The parts of an ISO 8601 duration of up to 1,000 years; undefined when it is none or mixes months and days. */
export function durationParts(written: string): DurationParts | undefined {
  const match = /^(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?$/.exec(
    written,
  )
  if (!match || feelDuration(written) === null) return undefined
  const [months, days] = [match.slice(2, 4), match.slice(4)].map((parts) => parts.some((part) => part !== undefined))
  if (months && days) return undefined
  const sign = match[1] === '-' ? -1 : 1
  const numbers = match.slice(2).map((part) => Number(part ?? 0))
  return months ? monthParts(sign, numbers) : dayParts(sign, numbers)
}

function monthParts(sign: number, [years = 0, months = 0]: readonly number[]): DurationParts | undefined {
  const total = years * 12 + months
  return total > longestMonths ? undefined : { months: sign * total || 0 }
}

function dayParts(sign: number, numbers: readonly number[]): DurationParts | undefined {
  const [, , days = 0, hours = 0, minutes = 0, seconds = 0] = numbers
  const total = days * day + hours * 3_600_000 + minutes * 60_000 + Math.round(seconds * 1000)
  if (total > longestDays * day) return undefined
  return { days: sign * Math.floor(total / day) || 0, milliseconds: sign * (total % day) || 0 }
}

/** Today's date in the company's zone, `2024-01-31`. */
export function todayOf({ now, timeZone }: Clock): string {
  return zonedDateTime(now, timeZone).toPlainDate().toString()
}

/** An instant as the wall clock of a zone shows it. */
export function zonedDateTime(instant: Date, timeZone: string) {
  const utc = dateAndTime(instant.toISOString())?.unwrap().toZonedDateTime('UTC')
  if (utc === undefined) throw new RangeError('An instant outside the calendar has no date.')
  return utc.withTimeZone(timeZone)
}
