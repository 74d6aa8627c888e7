import { badParameter } from '../errors.ts'

/** Which part of a list: how many entries, and after which cursor. */
export interface PageRequest {
  readonly limit: number
  readonly after: string | undefined
}

const defaultLimit = 50
const maximumLimit = 200

/** Parses `limit` and `after`. @throws Fault 400 */
export function parsePage(query: URLSearchParams): PageRequest {
  refuseRepeated(query, ['limit', 'after'])
  return { limit: parseLimit(query.get('limit')), after: query.get('after') ?? undefined }
}

/** A `limit` as text, the usual one when there is none. @throws Fault 400 */
export function parseLimit(text: string | null, { usual = defaultLimit, most = maximumLimit } = {}): number {
  if (text === null) return usual
  const limit = /^\d{1,9}$/.test(text) ? Number(text) : 0
  if (limit < 1 || limit > most) throw badParameter('limit', `“limit” must be a whole number from 1 to ${most}.`)
  return limit
}

/** Refuses a parameter that stands there twice, of which one would be ignored. @throws Fault 400 */
export function refuseRepeated(query: URLSearchParams, names: Iterable<string>): void {
  for (const name of names) {
    if (query.getAll(name).length > 1) throw badParameter(name, `“${name}” stands there twice; send it once.`)
  }
}
