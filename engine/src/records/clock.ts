import { type Clock, type Release, timeZoneOf } from '@heddle/metadata'

/** The moment of a request in the company's time zone; take it once per request. */
export function clockOf(release: Release, now: Date = new Date()): Clock {
  return { now, timeZone: timeZoneOf(release) }
}
