import {
  type Address,
  asObject,
  type Definition,
  entityIdOf,
  fieldIdOf,
  type JsonObject,
  parseAddress,
  type Storage,
} from '@heddle/metadata'
import type { Connection } from '../storage/connect.ts'
import type { LiveState } from './live-state.ts'

/**
 * A definition of an earlier release as a draft that brings it back: hidden data is named by its identity, because a name
 * alone would mean something new.
 */
export function withIdentities({ kind, name, body }: Definition, storage: Storage): JsonObject {
  if (kind !== 'entity') return body
  const id = entityIdOf({ name, body })
  const fields = storage.entities[id]?.fields ?? {}
  const properties = Object.entries(asObject(body.properties)).map(([field, value]) => {
    const property = asObject(value)
    const fieldId = fieldIdOf(field, property)
    return [field, fields[fieldId]?.hidden === true ? { 'x-id': fieldId, ...property } : property]
  })
  const whole = { ...body, ...(body.properties === undefined ? {} : { properties: Object.fromEntries(properties) }) }
  return storage.entities[id]?.hidden === true ? { 'x-id': id, ...whole } : whole
}

/** What was last published at an address that is not live any more, ready to be drafted; null when nothing ever was. */
export async function lastBody(connection: Connection, live: LiveState, address: Address): Promise<JsonObject | null> {
  const parsed = parseAddress(address)
  const [row] = await connection<{ body: string }[]>`
    select blob.body::text as body
    from heddle.release, json_array_elements(release.layers) as layer, heddle.blob
    where blob.hash = layer -> 'definitions' ->> ${address}
    order by release.number desc limit 1`
  if (parsed === undefined || row === undefined) return null
  return withIdentities({ ...parsed, body: asObject(JSON.parse(row.body)) }, live.storage)
}
