import { valueTypeOf } from '../field-types/index.ts'
import { asText } from '../json.ts'
import type { Release } from '../release/compile-release.ts'
import type { Entity } from '../release/entity.ts'
import { entityLogic } from './entity-logic.ts'

/** Which records must be at hand, besides a record itself, to work out its expressions: lookups, and theirs. */
export interface RelatedNeeds {
  /** By the name of the lookup. */
  readonly lookups: ReadonlyMap<string, RelatedNeeds>
}

const none: RelatedNeeds = { lookups: new Map() }

/** The lookups that an entity's logic reads through. */
export function relatedNeeds(release: Release, entity: Entity): RelatedNeeds {
  return needsOf(release, entity, entityLogic(release, entity).paths, 0)
}

const deepest = 6

function needsOf(release: Release, entity: Entity, paths: readonly (readonly string[])[], depth: number): RelatedNeeds {
  if (depth >= deepest) return none
  const byLookup = new Map<string, (readonly string[])[]>()
  for (const [first, ...rest] of paths) {
    if (first === undefined || rest.length === 0) continue
    byLookup.set(first, [...(byLookup.get(first) ?? []), rest])
  }
  const lookups = new Map<string, RelatedNeeds>()
  for (const [name, inner] of byLookup) {
    const target = lookedUp(release, entity, name)
    const isIdOnly = inner.every((path) => path.length === 1 && path[0] === 'id')
    if (target === undefined || isIdOnly) continue
    const paths = readsFormula(target, inner) ? [...inner, ...formulaPaths(release, target)] : inner
    lookups.set(name, needsOf(release, target, paths, depth + 1))
  }
  return { lookups }
}

/** The entity that a lookup of that name points to. */
function lookedUp(release: Release, entity: Entity, name: string): Entity | undefined {
  const field = entity.fields.get(name)
  if (field === undefined || valueTypeOf(field).feel !== 'reference') return undefined
  return release.entity(asText(field.settings.entity) ?? '')
}

function readsFormula(entity: Entity, paths: readonly (readonly string[])[]): boolean {
  return paths.some(([name]) => asText(entity.fields.get(name ?? '')?.settings.expression) !== undefined)
}

function formulaPaths(release: Release, entity: Entity): readonly (readonly string[])[] {
  return entityLogic(release, entity).paths
}
