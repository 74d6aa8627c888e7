import { fieldTypeOf, valueTypeOf } from '../field-types/index.ts'
import { asText } from '../json.ts'
import type { Release } from '../release/compile-release.ts'
import type { Entity, Field } from '../release/entity.ts'
import { entityLogic } from './entity-logic.ts'

/** Which records must be at hand, besides a record itself, to work out its expressions: lookups, and theirs. */
export interface RelatedNeeds {
  /** By the name of the lookup. */
  readonly lookups: ReadonlyMap<string, RelatedNeeds>
  /** What each of the lines needs in turn, by the name of their field. */
  readonly lines: ReadonlyMap<string, RelatedNeeds>
}

const none: RelatedNeeds = { lookups: new Map(), lines: new Map() }

/** The lookups that an entity's logic reads through. */
export function relatedNeeds(release: Release, entity: Entity): RelatedNeeds {
  return needsOf(release, entity, entityLogic(release, entity).paths, 0)
}

/** What the lines in a field need for their own logic and for that of the record that holds them. */
export function relatedNeedsOfLines(release: Release, entity: Entity, field: Field): RelatedNeeds {
  const child = release.entity(asText(field.settings.entity) ?? '')
  if (child === undefined) return none
  const above = entityLogic(release, entity).paths.flatMap(([first, ...rest]) => (first === field.name ? [rest] : []))
  return needsOf(release, child, [...entityLogic(release, child).paths, ...above], 0)
}

const deepest = 6

function needsOf(release: Release, entity: Entity, paths: readonly (readonly string[])[], depth: number): RelatedNeeds {
  if (depth >= deepest) return none
  const byField = new Map<string, (readonly string[])[]>()
  for (const [first, ...rest] of paths) {
    if (first === undefined || rest.length === 0) continue
    byField.set(first, [...(byField.get(first) ?? []), rest])
  }
  const needs = { lookups: new Map<string, RelatedNeeds>(), lines: new Map<string, RelatedNeeds>() }
  for (const [name, inner] of byField) {
    const held = heldBy(release, entity, name)
    const isIdOnly = inner.every((path) => path.length === 1 && path[0] === 'id')
    if (held === undefined || isIdOnly) continue
    const paths = readsFormula(held.target, inner) ? [...inner, ...formulaPaths(release, held.target)] : inner
    needs[held.as].set(name, needsOf(release, held.target, paths, depth + 1))
  }
  return needs
}

/** The entity that a lookup of that name points to, or whose records are the lines in it. */
function heldBy(release: Release, entity: Entity, name: string) {
  const field = entity.fields.get(name)
  const target = release.entity(asText(field?.settings.entity) ?? '')
  if (field === undefined || target === undefined) return undefined
  if (valueTypeOf(field).feel === 'reference') return { as: 'lookups', target } as const
  return fieldTypeOf(field.type).source === 'children' ? ({ as: 'lines', target } as const) : undefined
}

function readsFormula(entity: Entity, paths: readonly (readonly string[])[]): boolean {
  return paths.some(([name]) => asText(entity.fields.get(name ?? '')?.settings.expression) !== undefined)
}

function formulaPaths(release: Release, entity: Entity): readonly (readonly string[])[] {
  return entityLogic(release, entity).paths
}
