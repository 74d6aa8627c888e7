import type { Locale } from '../i18n/locale.ts'

/** What texts of values depend on besides the value. */
export interface FormatSettings {
  readonly locale: Locale
  /** IANA name of the company's time zone. */
  readonly timeZone: string
  /** ISO 4217 code of the company's currency. */
  readonly currency: string
  /** Amounts are written out where people check them one by one; elsewhere large ones are told in 万. */
  readonly amounts?: 'exact'
}

/** A number with thousands separators and exactly `scale` places, or as many as it has. */
export function formatNumber(value: number, locale: Locale, scale?: number): string {
  return numberFormat(locale, scale === undefined ? '' : String(scale)).format(value)
}

/**
 * An amount; in Chinese from ten thousand on in 万, from a hundred million on in 亿, rounded to two places. Another
 * currency than the company's is named.
 */
export function formatAmount(value: number, settings: FormatSettings, { scale = 2, currency = '' } = {}): string {
  const isForeign = currency !== '' && currency !== settings.currency
  const prefix = isForeign ? `${currency} ` : ''
  const tellsLarge = settings.locale === 'zh-CN' && settings.amounts !== 'exact'
  const unit = tellsLarge ? largeUnits.find(({ from }) => Math.abs(value) >= from) : undefined
  if (unit === undefined) return prefix + formatNumber(value, settings.locale, scale)
  return `${prefix}${formatNumber(value / unit.from, settings.locale, 2)}${unit.name}`
}

const largeUnits = [
  { from: 100_000_000, name: '亿' },
  { from: 10_000, name: '万' },
] as const

/** A calendar day (ISO 8601 `yyyy-mm-dd`). */
export function formatDay(day: string, locale: Locale): string {
  return locale === 'zh-CN' ? day : dayFormat(locale, 'UTC').format(new Date(`${day}T00:00:00Z`))
}

/** A moment (ISO 8601) to the minute, on the company's clock. */
export function formatMoment(moment: string, { locale, timeZone }: FormatSettings): string {
  const date = new Date(moment)
  return Number.isNaN(date.getTime()) ? '' : momentFormat(locale, timeZone).format(date).replaceAll('/', '-')
}

/** How long ago or ahead a moment is, within a week; the day otherwise. */
export function formatRelative(moment: string, settings: FormatSettings, now = Date.now()): string {
  const date = new Date(moment)
  const seconds = (date.getTime() - now) / 1000
  const span = relativeSpans.find(({ below }) => Math.abs(seconds) < below)
  if (span === undefined) return Number.isNaN(seconds) ? '' : dayOnClock(date, settings)
  return relativeFormat(settings.locale).format(Math.trunc(seconds / span.seconds), span.unit)
}

/** Today's day (ISO 8601) on the company's clock. */
export function todayOf({ timeZone }: FormatSettings, now = Date.now()): string {
  return isoDayFormat(timeZone).format(now)
}

function dayOnClock(date: Date, { locale, timeZone }: FormatSettings): string {
  return locale === 'zh-CN' ? isoDayFormat(timeZone).format(date) : dayFormat(locale, timeZone).format(date)
}

const relativeSpans = [
  { below: 60, seconds: 1, unit: 'second' },
  { below: 3600, seconds: 60, unit: 'minute' },
  { below: 86_400, seconds: 3600, unit: 'hour' },
  { below: 604_800, seconds: 86_400, unit: 'day' },
] as const

const numberFormat = memoised((locale: string, scale: string) => {
  const places = Number(scale)
  return new Intl.NumberFormat(
    locale,
    scale === '' ? { maximumFractionDigits: 10 } : { minimumFractionDigits: places, maximumFractionDigits: places },
  )
})
const dayFormat = memoised(
  (locale: string, timeZone: string) =>
    new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
      timeZone,
      year: 'numeric',
      month: 'short',
      day: 'numeric',
    }),
)
const momentFormat = memoised((locale: string, timeZone: string) =>
  locale === 'en'
    ? new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'medium', timeStyle: 'short' })
    : new Intl.DateTimeFormat(locale, {
        timeZone,
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      }),
)
const isoDayFormat = memoised(
  (timeZone: string) =>
    new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }),
)
const relativeFormat = memoised((locale: string) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }))

/** Formats are expensive to make and few: each is made once. */
function memoised<Keys extends readonly string[], Format>(make: (...keys: Keys) => Format) {
  const made = new Map<string, Format>()
  return (...keys: Keys): Format => {
    const key = keys.join('|')
    const known = made.get(key)
    if (known !== undefined) return known
    const format = make(...keys)
    made.set(key, format)
    return format
  }
}
