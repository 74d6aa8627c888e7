import type { Address, Definition } from '../definition.ts'
import { asObject, isObject, type JsonObject, parsePointer } from '../json.ts'

/** The definitions of a release as far as texts are concerned. */
type Definitions = ReadonlyMap<Address, Definition>

/** The body with its texts in `locale`; what has no translation stays in the source language. */
export function localizeBody(definitions: Definitions, address: Address, body: JsonObject, locale: string): JsonObject {
  const texts = asObject(asObject(definitions.get(`translation/${locale}`)?.body)[address])
  return Object.entries(texts).reduce(
    (result, [pointer, text]) => (typeof text === 'string' ? replaceText(result, parsePointer(pointer), text) : result),
    body,
  )
}

/** A text replaced where one stands; a copy along the way only. */
function replaceText(object: JsonObject, [key, ...rest]: readonly string[], text: string): JsonObject {
  if (key === undefined || !Object.hasOwn(object, key)) return object
  const child = object[key]
  if (rest.length === 0) return typeof child === 'string' ? { ...object, [key]: text } : object
  return isObject(child) ? { ...object, [key]: replaceText(child, rest, text) } : object
}
