import type { Address } from '@heddle/metadata'
import { commented } from '../events/read-events.ts'
import { textLiteral } from '../field-types/sql-text.ts'

/**
 * The statements that forget what is known of a purged field besides its values, by the address of what is purged; none
 * when that is no field. A later field of this identity must find neither its history nor its numbers.
 */
export function forgetField(entity: string, address: Address): string[] {
  const place = `entity/${entity}/properties/`
  if (!address.startsWith(place)) return []
  const [owner, field] = [textLiteral(entity), textLiteral(address.slice(place.length))]
  return [
    // Not by way of jsonb, which forgets the order of what was changed.
    `update heddle.event set delta = (
        select coalesce(json_object_agg(key, value), '{}') from json_each(delta) where key <> ${field})
      where entity = ${owner} and kind <> ${textLiteral(commented)} and delta -> ${field} is not null`,
    `delete from heddle.counter where entity = ${owner} and field = ${field}`,
  ]
}
