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
  return { limit: parseLimit(query.get('limit')), after: query.get('after') ?? undefined }
}

function parseLimit(text: string | null): number {
  if (text === null) return defaultLimit
  const limit = Number(text)
  if (!Number.isInteger(limit) || limit < 1 || limit > maximumLimit) {
    throw badParameter('limit', `“limit” must be a whole number from 1 to ${maximumLimit}.`)
  }
  return limit
}
