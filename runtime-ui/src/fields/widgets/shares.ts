import { asText, isObject, type Json, roundHalfUp } from '@heddle/metadata'
import { unread, unreadText } from '../unread.ts'

/** One row of a breakdown that may still be unfinished. */
export interface Share {
  readonly part: string | null
  /** A number, null, or `unread` text. */
  readonly share: Json
}

/** Decimal places of a share. */
const places = 4

/** The rows of a breakdown's value. */
export function sharesOf(value: Json): Share[] {
  return (Array.isArray(value) ? value.filter(isObject) : []).map(({ part, share }) => ({
    part: asText(part) ?? null,
    share: typeof share === 'number' || unreadText(share) !== undefined ? (share ?? null) : null,
  }))
}

/** The value of such rows; null when there is none. */
export function valueOfShares(shares: readonly Share[]): Json {
  return shares.length === 0 ? null : shares.map(({ part, share }) => ({ part, share }))
}

/** What the shares add up to, exact to four places. */
export function sumOfShares(shares: readonly Share[]): number {
  return roundHalfUp(
    shares.reduce((sum, { share }) => sum + (typeof share === 'number' ? share : 0), 0),
    places,
  )
}

/** What is missing up to the total; negative when there is too much. */
export function missingShare(shares: readonly Share[], total: number): number {
  return roundHalfUp(total - sumOfShares(shares), places)
}

/** The rows with what is missing given to the row at `index`. */
export function completed(shares: readonly Share[], index: number, total: number): Share[] {
  const others = shares.filter((_, position) => position !== index)
  const rest = missingShare(others, total)
  return shares.map((entry, position) => (position === index && rest > 0 ? { ...entry, share: rest } : entry))
}

/** The share that a text says: full-width digits and a percent sign are understood. */
export function shareOfText(text: string): Json {
  const written = text.normalize('NFKC').replace('%', '').trim()
  if (written === '') return null
  return Number.isFinite(Number(written)) ? Number(written) : unread(text)
}
