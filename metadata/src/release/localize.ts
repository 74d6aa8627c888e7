import type { Address, Definition } from '../definition.ts'
import { asObject, isObject, type JsonObject, parsePointer } from '../json.ts'
import { isTranslatable } from './texts.ts'

/** The definitions of a release as far as texts are concerned. */
type Definitions = ReadonlyMap<Address, Definition>

/** The language of the texts that stand in definitions themselves. */
export const sourceLocale = 'zh-CN'

/** The body with its texts in `locale`; what has no translation stays in the source language. */
export function localizeBody(definitions: Definitions, address: Address, body: JsonObject, locale: string): JsonObject {
  return Object.entries(translationsOf(definitions, address, locale)).reduce((result, [pointer, text]) => {
    const path = parsePointer(pointer)
    return typeof text === 'string' && isTranslatable(path) ? replaceText(result, path, text) : result
  }, body)
}

/**
 * The first of the wanted locales that there is, by language when the region differs (`en-GB` takes `en`); else the first
 * there is.
 */
export function chooseLocale(locales: readonly string[], wanted: readonly string[]): string {
  const languageOf = (locale: string) => locale.toLowerCase().split('-')[0]
  for (const wish of wanted) {
    const exact = locales.find((locale) => locale.toLowerCase() === wish.toLowerCase())
    const found = exact ?? locales.find((locale) => languageOf(locale) === languageOf(wish))
    if (found !== undefined) return found
  }
  return locales[0] ?? sourceLocale
}

/** The locales of an `Accept-Language` header, the most wanted first (RFC 9110, 12.5.4). */
export function acceptedLocales(header: string): string[] {
  return header
    .split(',')
    .map((part) => {
      const [locale = '', ...parameters] = part.split(';').map((piece) => piece.trim())
      const weight = parameters.find((parameter) => /^q=/i.test(parameter))?.slice(2)
      return { locale, weight: weight === undefined ? 1 : Number(weight) }
    })
    .filter(({ locale, weight }) => /^[a-z]{2,3}(-[a-z0-9]+)*$/i.test(locale) && weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ locale }) => locale)
}

/** The texts of one definition in `locale`, by JSON Pointer. */
export function translationsOf(definitions: Definitions, address: Address, locale: string): JsonObject {
  const body = asObject(definitions.get(`translation/${locale}`)?.body)
  return Object.hasOwn(body, address) ? asObject(body[address]) : {}
}

/** A text replaced where one stands; a copy along the way only. */
function replaceText(object: JsonObject, [key, ...rest]: readonly string[], text: string): JsonObject {
  if (key === undefined || !Object.hasOwn(object, key)) return object
  const child = object[key]
  if (rest.length === 0) return typeof child === 'string' ? { ...object, [key]: text } : object
  return isObject(child) ? { ...object, [key]: replaceText(child, rest, text) } : object
}
