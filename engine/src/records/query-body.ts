import { isObject, type JsonObject, nearest } from '@heddle/metadata'
import { badParameter } from '../errors.ts'
import { type ListRequest, parseListRequest, queryWords } from './list-request.ts'

/** Parses a list request sent as a body: the parameters of the list, lists also as arrays, `where` also as a tree. @throws Fault 400 */
export function parseQueryBody(body: unknown): ListRequest {
  const { where, ...parameters } = requireKnown(body, queryWords)
  return { ...parseParameters(parameters), where: parseWhere(where) }
}

/** Parameters of a list that stand in a body; null says nothing. @throws Fault 400 */
export function parseParameters(parameters: JsonObject): ListRequest {
  const texts = Object.entries(parameters).flatMap(([name, value]): [string, string][] =>
    value === null ? [] : [[name, textOf(name, value)]],
  )
  return parseListRequest(new URLSearchParams(texts))
}

/** The body as an object that has no other keys than these. @throws Fault 400 */
export function requireKnown(body: unknown, known: readonly string[]): JsonObject {
  if (!isObject(body)) throw badParameter('', 'The body must be an object.')
  for (const name of Object.keys(body)) {
    if (known.includes(name)) continue
    const near = nearest(name, known)
    throw badParameter(name, `There is no “${name}” here${near === undefined ? '.' : `; did you mean “${near}”?`}`)
  }
  return body
}

/** A condition as FEEL text or as a tree. @throws Fault 400 */
export function parseWhere(where: unknown): string | JsonObject | undefined {
  if (where === undefined || where === null) return undefined
  if (typeof where === 'string' || isObject(where)) return where
  throw badParameter('where', '“where” must be a FEEL text or a tree of conditions.')
}

function textOf(name: string, value: unknown): string {
  const parts = [value].flat()
  if (parts.every((part) => typeof part === 'string' || typeof part === 'number')) return parts.join(',')
  throw badParameter(name, `“${name}” must be a text, a number or a list of texts.`)
}
