import { asObject, asTexts, isObject, type JsonObject, parsePointer } from '../json.ts'

/** Lists that are sets: in layers they are changed member by member. */
const setPaths = ['/required', '/x-entity/search'].map(parsePointer)

/** The body with its sets written as maps `{member: true}`, so that one member is one addressed change. */
export function keyedForm(body: JsonObject): JsonObject {
  return setPaths.reduce((result, path) => replaceAt(result, path, listToMap), body)
}

/** The inverse of {@link keyedForm}. */
export function listedForm(body: JsonObject): JsonObject {
  return setPaths.reduce((result, path) => replaceAt(result, path, mapToList), body)
}

function listToMap(value: unknown): JsonObject | undefined {
  return Array.isArray(value) ? Object.fromEntries(asTexts(value).map((member) => [member, true])) : undefined
}

function mapToList(value: unknown): string[] | undefined {
  return isObject(value) ? Object.keys(value) : undefined
}

function replaceAt(
  object: JsonObject,
  path: readonly string[],
  replace: (value: unknown) => JsonObject | string[] | undefined,
): JsonObject {
  const [key, ...rest] = path
  if (key === undefined || !Object.hasOwn(object, key)) return object
  const value = rest.length > 0 ? replaceAt(asObject(object[key]), rest, replace) : replace(object[key])
  return value === undefined || (rest.length > 0 && !isObject(object[key])) ? object : { ...object, [key]: value }
}
