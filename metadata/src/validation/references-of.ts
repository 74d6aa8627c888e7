import type { Address, Definition } from '../definition.ts'
import { addressOf } from '../definition.ts'
import { reporterFor } from '../findings.ts'
import { kinds } from '../kinds/index.ts'
import type { Release } from '../release/compile-release.ts'
import { observeRelease, type Sightings } from './observe-release.ts'
import { checkShape } from './validate-definitions.ts'

/** The addresses of the definitions that a definition names: exactly what its check looks for, there or not. */
export function referencesOf(definition: Definition, release: Release): Set<Address> {
  const seen: Sightings = { entities: new Map(), definitions: new Map(), isEverything: false }
  if (checkShape(definition).length === 0) {
    const context = { release: observeRelease(release, seen) }
    kinds[definition.kind]?.check(definition, context, reporterFor(addressOf(definition), []))
  }
  const entities = [...seen.entities.keys()].map((name) => addressOf({ kind: 'entity', name }))
  const references = new Set([...entities, ...seen.definitions.keys()])
  references.delete(addressOf(definition))
  return references
}
