import { type Address, addressOf, type Definition } from '../definition.ts'
import type { Finding } from '../findings.ts'
import { asText, asTexts, type JsonObject } from '../json.ts'
import { sourceLocale, translationsOf } from '../release/localize.ts'
import { textsOf } from '../release/texts.ts'

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
