import { type Address, asObject, type Definition, entityIdOf, fieldIdOf, type JsonObject } from '@heddle/metadata'
import type { Connection } from '../storage/connect.ts'
import { liveEntities, shownProperties } from './assign-ids.ts'
import { type LiveState, loadState } from './live-state.ts'

/**
 * A definition of an earlier release as a draft that brings it back: what has other data by its name now, or none, names
 * the identity it had then.
 */
export function withIdentities({ kind, name, body }: Definition, { folded, storage }: LiveState): JsonObject {
  if (kind !== 'entity') return body
  const bodies = liveEntities(folded.definitions)
  const id = entityIdOf({ name, body })
  const stored = Object.keys(storage.entities[id]?.fields ?? {})
  const shown = shownProperties(id, bodies, storage)
  const properties = Object.entries(asObject(body.properties)).map(([field, value]) => {
    const property = asObject(value)
    const fieldId = fieldIdOf(field, property)
    const now = Object.hasOwn(shown, field) ? fieldIdOf(field, asObject(shown[field])) : freeId(field, stored)
    return [field, now === fieldId ? property : { 'x-id': fieldId, ...property }]
  })
  const whole = { ...body, ...(body.properties === undefined ? {} : { properties: Object.fromEntries(properties) }) }
  const here = bodies.get(name)
  const now = here === undefined ? freeId(name, Object.keys(storage.entities)) : entityIdOf({ name, body: here })
  return now === id ? whole : { 'x-id': id, ...whole }
}

/** What a name that nothing goes by would mean; undefined when it has to be another. */
function freeId(name: string, taken: readonly string[]): string | undefined {
  return taken.includes(name) ? undefined : name
}

/**
 * What was last live at an address, with all that its layers said of it, ready to be drafted; null when nothing ever was.
 */
export async function lastBody(connection: Connection, live: LiveState, address: Address): Promise<JsonObject | null> {
  const removals = await connection<{ base: number }[]>`
    select (select max(earlier.number) from heddle.release earlier where earlier.number < release.number) as base
    from heddle.release
    where exists (
      select 1 from json_array_elements(changes) c
      where c ->> 'address' = ${address} and c ->> 'path' = '' and c ->> 'to' is null)
    order by number desc`
  // A purge is such a change as well, of what was not live any more.
  for (const { base } of removals) {
    const definition = (await loadState(connection, base))?.folded.definitions.get(address)
    if (definition !== undefined) return withIdentities(definition, live)
  }
  return null
}
