import {
  type Address,
  asObject,
  asText,
  type Definition,
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
  const fields = storage.entities[id]?.fields ?? {}
  const properties = assignFieldIds(asObject(body.properties), shownProperties(id, live, storage), Object.keys(fields))
  const whole = id === name || body['x-id'] !== undefined ? body : { 'x-id': id, ...body }
  return properties === undefined ? whole : { ...whole, properties }
}

/** Bodies of entities by name. */
export function liveEntities(definitions: ReadonlyMap<Address, Definition>): Map<string, JsonObject> {
  const entities = [...definitions.values()].filter(({ kind }) => kind === 'entity')
  return new Map(entities.map(({ name, body }) => [name, body]))
}

/** The properties of an entity that is live by whatever name; of one that is hidden, those it had when it was hidden. */
export function shownProperties(id: string, live: DraftedEntity['live'], storage: Storage): JsonObject {
  const before = [...live].find(([name, body]) => entityIdOf({ name, body }) === id)
  if (before !== undefined) return asObject(before[1].properties)
  const fields = Object.entries(storage.entities[id]?.fields ?? {})
  return Object.fromEntries(fields.filter(([, { hidden }]) => hidden !== true).map(([field]) => [field, {}]))
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
