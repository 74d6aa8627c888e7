import { asObject, asText, type Clock, type Release } from '@heddle/metadata'

/** The company's time zone until its settings say otherwise. */
const defaultTimeZone = 'Asia/Shanghai'

/** The moment of a request in the company's time zone; take it once per request. */
export function clockOf(release: Release, now: Date = new Date()): Clock {
  const settings = asObject(release.definitions.get('settings/site')?.body)
  return { now, timeZone: asText(settings.timezone) ?? defaultTimeZone }
}
