import {
  asObject,
  asText,
  type EntityStorage,
  entityIdOf,
  fieldIdOf,
  type JsonObject,
  type Storage,
} from '@heddle/metadata'

/** A drafted entity and what its identities depend on. */
export interface DraftedEntity {
  readonly name: string
  readonly body: JsonObject
  /** Bodies of the live entities by name. */
  readonly live: ReadonlyMap<string, JsonObject>
  readonly storage: Storage
  /** Identities that drafted entities name explicitly. */
  readonly claimed: ReadonlySet<string>
}

/**
 * The entity's body with an explicit x-id wherever the name alone would mean other data: hidden data, or data that goes
 * by another name now. A name that stays keeps its identity.
 */
export function assignIds({ name, body, live, storage, claimed }: DraftedEntity): JsonObject {
  const here = live.get(name)
  const known = here === undefined ? undefined : entityIdOf({ name, body: here })
  const taken = new Set([...Object.keys(storage.entities), ...claimed])
  const id = asText(body['x-id']) ?? chooseId(name, known, claimed, taken)
  const before = [...live].find((other) => entityIdOf({ name: other[0], body: other[1] }) === id)?.[1]
  const fields = storage.entities[id]?.fields ?? {}
  const properties = assignFieldIds(
    asObject(body.properties),
    before === undefined ? shownFields(fields) : asObject(before.properties),
    Object.keys(fields),
  )
  const whole = id === name || body['x-id'] !== undefined ? body : { 'x-id': id, ...body }
  return properties === undefined ? whole : { ...whole, properties }
}

/** What an entity that comes back had when it was hidden. */
function shownFields(fields: EntityStorage['fields']): JsonObject {
  const shown = Object.entries(fields).filter(([, { hidden }]) => hidden !== true)
  return Object.fromEntries(shown.map(([id]) => [id, {}]))
}

/** The identities that drafted bodies name explicitly. */
export function claimedIds(bodies: Iterable<unknown>): Set<string> {
  return new Set([...bodies].flatMap((body) => asText(asObject(body)['x-id']) ?? []))
}

/** The properties with explicit identities; undefined when none is needed. */
function assignFieldIds(wanted: JsonObject, live: JsonObject, stored: readonly string[]): JsonObject | undefined {
  const claimed = claimedIds(Object.values(wanted))
  const taken = new Set([...stored, ...claimed])
  const result = { ...wanted }
  for (const [name, value] of Object.entries(wanted)) {
    const property = asObject(value)
    if (property['x-id'] !== undefined) continue
    const known = Object.hasOwn(live, name) ? fieldIdOf(name, asObject(live[name])) : undefined
    const id = chooseId(name, known, claimed, taken)
    if (id === name) continue
    taken.add(id)
    result[name] = { ...property, 'x-id': id }
  }
  return claimedIds(Object.values(result)).size === claimed.size ? undefined : result
}

function chooseId(
  name: string,
  known: string | undefined,
  claimed: ReadonlySet<string>,
  taken: ReadonlySet<string>,
): string {
  if (known !== undefined && !claimed.has(known)) return known
  if (!taken.has(name)) return name
  for (let number = 2; ; number++) if (!taken.has(`${name}_${number}`)) return `${name}_${number}`
}
