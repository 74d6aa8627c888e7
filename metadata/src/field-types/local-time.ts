/** A moment on a clock in some time zone, to the second. */
export interface WallTime {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

/** What a clock in `timeZone` (IANA name) shows at an instant (milliseconds since 1970, UTC). */
export function wallTimeAt(instant: number, timeZone: string): WallTime {
  const parts = new Map(
    formatFor(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
  }
}

/**
 * The instant at which a clock in `timeZone` shows `wall`. A time that the clock skips counts on from before the gap, one
 * that it shows twice is the first.
 */
export function instantOf(wall: WallTime, timeZone: string): number {
  const asUtc = utcOf(wall)
  const before = asUtc - offsetAt(asUtc - dayMilliseconds, timeZone)
  const after = asUtc - offsetAt(asUtc + dayMilliseconds, timeZone)
  const fits = [before, after].filter((instant) => utcOf(wallTimeAt(instant, timeZone)) === asUtc)
  return fits.length > 0 ? Math.min(...fits) : before
}

const dayMilliseconds = 86_400_000

function offsetAt(instant: number, timeZone: string): number {
  return utcOf(wallTimeAt(instant, timeZone)) - instant
}

function utcOf({ year, month, day, hour, minute, second }: WallTime): number {
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat('en-u-ca-iso8601', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formats.set(timeZone, format)
  return format
}
