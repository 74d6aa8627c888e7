/** A day of the Chinese calendar in any year. */
export interface LunarDate {
  /** 1 to 12. */
  readonly month: number
  /** 1 to 30. */
  readonly day: number
  /** In the leap month that follows `month`. */
  readonly leap: boolean
}

const dayMilliseconds = 86_400_000
const calendar = new Intl.DateTimeFormat('en-u-ca-chinese', {
  timeZone: 'UTC',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
})

/**
 * The solar day (ISO 8601) of a lunar date in the lunar year that begins in `year`. A day 30 in a month of 29 days is its
 * 29th; a leap month in a year without it is the plain month.
 */
export function lunarToSolar(year: number, { month, day, leap }: LunarDate): string {
  const months = monthsOf(year)
  const found = (leap && months.find((entry) => entry.month === month && entry.leap)) || plainMonth(months, month)
  const solar = found.start + (Math.min(day, found.days) - 1) * dayMilliseconds
  return new Date(solar).toISOString().slice(0, 10)
}

interface LunarMonth {
  readonly month: number
  readonly leap: boolean
  /** Milliseconds of its first day, UTC. */
  readonly start: number
  readonly days: number
}

function plainMonth(months: readonly LunarMonth[], month: number): LunarMonth {
  const found = months.find((entry) => entry.month === month && !entry.leap)
  if (found === undefined) throw new RangeError(`A lunar month is 1 to 12, not ${month}.`)
  return found
}

const years = new Map<number, readonly LunarMonth[]>()

/** The twelve or thirteen months of a lunar year. */
function monthsOf(year: number): readonly LunarMonth[] {
  const known = years.get(year)
  if (known !== undefined) return known
  const months: LunarMonth[] = []
  let start = firstDayOf(year)
  for (let current = lunarDayAt(start); current.year === year; current = lunarDayAt(start)) {
    const days = lunarDayAt(start + 29 * dayMilliseconds).day === 30 ? 30 : 29
    months.push({ month: current.month, leap: current.leap, start, days })
    start += days * dayMilliseconds
  }
  years.set(year, months)
  return months
}

/** New year's day, which falls between 20 January and 22 February. */
function firstDayOf(year: number): number {
  const earliest = Date.UTC(year, 0, 20)
  for (let offset = 0; offset < 35; offset++) {
    const candidate = earliest + offset * dayMilliseconds
    const { month, day, leap } = lunarDayAt(candidate)
    if (month === 1 && day === 1 && !leap) return candidate
  }
  throw new RangeError(`The Chinese calendar has no new year near January ${year}.`)
}

function lunarDayAt(instant: number): LunarDate & { readonly year: number } {
  const parts = new Map<string, string>(calendar.formatToParts(instant).map(({ type, value }) => [type, value]))
  const month = parts.get('month') ?? ''
  return {
    year: Number(parts.get('relatedYear')),
    month: Number.parseInt(month, 10),
    day: Number(parts.get('day')),
    leap: month.endsWith('bis'),
  }
}
