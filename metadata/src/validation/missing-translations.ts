import { type Address, addressOf, type Definition } from '../definition.ts'
import type { Finding } from '../findings.ts'
import { asText, asTexts, type JsonObject } from '../json.ts'
import { sourceLocale, translationsOf } from '../release/localize.ts'
import { textsOf } from '../release/texts.ts'
import type { Steps } from '../stepwise.ts'

/** One warning for each definition and locale of the settings that lacks texts, with their number; a step for each. */
export function* missingTranslations(definitions: ReadonlyMap<Address, Definition>): Steps<Finding[]> {
  const settings = definitions.get('settings/site')?.body ?? {}
  const locales = asTexts(settings.locales).filter((locale) => locale !== sourceLocale)
  const findings: Finding[] = []
  for (const locale of locales) {
    for (const definition of definitions.values()) {
      const address = addressOf(definition)
      const texts = translationsOf(definitions, address, locale)
      findings.push(...findMissing(address, definition.body, locale, texts))
      yield
    }
  }
  return findings
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
