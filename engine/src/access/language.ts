import {
  acceptedLocales,
  asObject,
  asTexts,
  chooseLocale,
  type Entity,
  localizeRelease,
  type Release,
} from '@heddle/metadata'
import type { Reader } from './reader.ts'

/** The locales that the company's settings offer, its own first. */
export function localesOf(release: Release): readonly string[] {
  const locales = asTexts(asObject(release.definitions.get('settings/site')?.body).locales)
  return locales.length > 0 ? locales : ['zh-CN', 'en']
}

/** The entity with its texts in the language that its reader understands; nothing else differs. */
export function toldTo({ release, actor }: Reader, entity: Entity): Entity {
  const wanted = [...acceptedLocales(actor.acceptLanguage ?? ''), ...(actor.locale === undefined ? [] : [actor.locale])]
  return localizeRelease(release, chooseLocale(localesOf(release), wanted)).entity(entity.name) ?? entity
}
