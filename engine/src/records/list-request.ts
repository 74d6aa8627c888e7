import { badParameter } from '../errors.ts'
import { type PageRequest, parsePage, refuseRepeated } from '../http/page-request.ts'
import { type IncludePart, parseInclude } from './include-request.ts'
import type { Where } from './where.ts'

/** A well-formed list request; whether it means something is decided against a release. */
export interface ListRequest extends PageRequest {
  readonly where: Where | undefined
  /** `field=value` conditions, all of which must hold. */
  readonly equals: readonly { readonly field: string; readonly value: string }[]
  readonly search: string | undefined
  readonly sort: readonly SortKey[]
  readonly fields: readonly string[] | undefined
  readonly include: readonly IncludePart[]
  readonly total: 'capped' | undefined
  readonly deleted: 'only' | undefined
}

/** One key of a sort order. */
export interface SortKey {
  readonly field: string
  readonly direction: 'asc' | 'desc'
}

/** The words of a list request; every other parameter names a field. */
export const queryWords = [
  'where',
  'search',
  'sort',
  'fields',
  'include',
  'limit',
  'after',
  'total',
  'deleted',
] as const

const known: ReadonlySet<string> = new Set(queryWords)

const mostSortKeys = 20
const mostNames = 1_000
const longestSearch = 1_000

/** Parses the query string of a list. @throws Fault 400 */
export function parseListRequest(query: URLSearchParams): ListRequest {
  refuseRepeated(query, known)
  const equals = [...query].filter(([name]) => !known.has(name)).map(([field, value]) => ({ field, value }))
  return {
    where: query.get('where') ?? undefined,
    equals,
    search: parseSearch(query.get('search')),
    sort: parseSort(query.get('sort')),
    fields: parseNames(query.get('fields')),
    include: parseInclude(query.get('include')),
    ...parsePage(query),
    total: parseChoice(query, 'total', 'capped'),
    deleted: parseChoice(query, 'deleted', 'only'),
  }
}

function parseSearch(text: string | null): string | undefined {
  if (text !== null && text.length > longestSearch)
    throw badParameter('search', `“search” takes at most ${longestSearch} characters.`)
  return text?.trim() || undefined
}

function parseSort(text: string | null): SortKey[] {
  if (text === null || text === '') return []
  const parts = text.split(',')
  if (parts.length > mostSortKeys) throw badParameter('sort', `“sort” takes at most ${mostSortKeys} keys.`)
  return parts.map((part) => {
    const field = part.trim().replace(/^[-+]/, '')
    if (field === '') throw badParameter('sort', 'Write sort keys as “-amount,name”.')
    return { field, direction: part.trim().startsWith('-') ? 'desc' : 'asc' }
  })
}

function parseNames(text: string | null): string[] | undefined {
  if (text === null || text === '') return undefined
  const names = text.split(',')
  if (names.length > mostNames) throw badParameter('fields', `“fields” takes at most ${mostNames} names.`)
  return names.map((name) => name.trim())
}

function parseChoice<Choice extends string>(query: URLSearchParams, name: string, choice: Choice): Choice | undefined {
  const value = query.get(name)
  if (value === null) return undefined
  if (value !== choice) throw badParameter(name, `“${name}” can only be “${choice}”.`)
  return choice
}
