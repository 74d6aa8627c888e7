import type { Address } from '../definition.ts'
import type { Effective } from '../layers/fold.ts'
import type { Release } from '../release/compile-release.ts'

/** What was looked up in a release, and what was found. */
export interface Sightings {
  readonly entities: Map<string, unknown>
  readonly definitions: Map<Address, unknown>
  /** True when all names or definitions were walked through. */
  isEverything: boolean
}

/** A release that notes in `sightings` what is looked up in it. */
export function observeRelease(release: Release, sightings: Sightings): Release {
  const everything = <Value>(value: Value): Value => {
    sightings.isEverything = true
    return value
  }
  const definitions = observeDefinitions(release.definitions, sightings, everything)
  return {
    number: release.number,
    definitions,
    get storage() {
      return everything(release.storage)
    },
    get entityNames() {
      return everything(release.entityNames)
    },
    entity: (name) => {
      const found = release.entity(name)
      sightings.entities.set(name, found)
      return found
    },
    entityById: (id) => everything(release).entityById(id),
    referencesTo: (name) => everything(release).referencesTo(name),
  }
}

function observeDefinitions(
  all: Release['definitions'],
  sightings: Sightings,
  everything: <Value>(value: Value) => Value,
): Release['definitions'] {
  const get = (address: Address): Effective | undefined => {
    const found = all.get(address)
    sightings.definitions.set(address, found)
    return found
  }
  const observed: Release['definitions'] = {
    get,
    has: (address) => get(address) !== undefined,
    get size() {
      return everything(all.size)
    },
    forEach: (visit) => everything(all).forEach((value, key) => void visit(value, key, observed)),
    entries: () => everything(all).entries(),
    keys: () => everything(all).keys(),
    values: () => everything(all).values(),
    [Symbol.iterator]: () => everything(all)[Symbol.iterator](),
  }
  return observed
}

/** Whether looking up the same in another release finds the same. */
export function isSameIn(release: Release, { entities, definitions, isEverything }: Sightings): boolean {
  if (isEverything) return false
  return (
    [...entities].every(([name, seen]) => release.entity(name) === seen) &&
    [...definitions].every(([address, seen]) => release.definitions.get(address) === seen)
  )
}
