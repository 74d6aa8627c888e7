import { type Address, addressOf, type Definition } from '../definition.ts'
import type { Finding } from '../findings.ts'
import { asObject, asText, asTexts, isObject, type JsonObject, toPointer } from '../json.ts'
import { sourceLocale, translationsOf } from '../release/localize.ts'
import { type Memory, remember } from '../remember.ts'

/** One warning for each definition and locale of the settings that lacks texts, with their number. */
export function missingTranslations(definitions: ReadonlyMap<Address, Definition>): Finding[] {
  const settings = definitions.get('settings/site')?.body ?? {}
  const locales = asTexts(settings.locales).filter((locale) => locale !== sourceLocale)
  return locales.flatMap((locale) =>
    [...definitions.values()].flatMap((definition) => {
      const address = addressOf(definition)
      return findMissing(address, definition.body, locale, translationsOf(definitions, address, locale))
    }),
  )
}

function findMissing(address: Address, body: JsonObject, locale: string, texts: JsonObject): Finding[] {
  const missing = textsOf(body).filter((pointer) => asText(texts[pointer]) === undefined)
  const [first] = missing
  if (first === undefined) return []
  const number = missing.length === 1 ? '1 text' : `${missing.length} texts`
  const message = `${number} of “${address}” ${missing.length === 1 ? 'has' : 'have'} no translation in “${locale}”, first “${first}”.`
  const hint = `Add ${missing.length === 1 ? 'it' : 'them'} to the translation “${locale}” under “${address}”.`
  return [{ severity: 'warning', address, path: first, code: 'translation.missing', message, hint }]
}

/** Properties whose text is for people. */
const textNames: ReadonlySet<string> = new Set(['title', 'description', 'error'])
/** Properties that hold values, not declarations. */
const valueNames: ReadonlySet<string> = new Set(['default', 'const', 'examples'])

const known: Memory<readonly string[]> = new WeakMap()

/** The pointers of every text for people in a body. */
function textsOf(body: JsonObject): readonly string[] {
  return remember(known, body, [], () => collect(body, []))
}

function collect(object: JsonObject, path: readonly string[]): string[] {
  return Object.entries(object).flatMap(([key, value]) => {
    const at = [...path, key]
    if (typeof value === 'string') return textNames.has(key) && value !== '' ? [toPointer(at)] : []
    return isObject(value) && !isValue(at) ? collect(asObject(value), at) : []
  })
}

/** A field may be called “default”: then it stands under “properties”. */
function isValue(path: readonly string[]): boolean {
  return valueNames.has(path.at(-1) ?? '') && path.at(-2) !== 'properties'
}
