import { asObject, asText } from '../json.ts'
import type { Release } from './compile-release.ts'

/** IANA name of the company's time zone, Shanghai's until its settings say otherwise. */
export function timeZoneOf(release: Release): string {
  return asText(asObject(release.definitions.get('settings/site')?.body).timezone) ?? 'Asia/Shanghai'
}
