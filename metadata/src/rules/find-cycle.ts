import { checkExpression, referencesOf } from '../expressions/check-expression.ts'
import { fieldTypeOf, valueTypeOf } from '../field-types/index.ts'
import { asText } from '../json.ts'
import type { Release } from '../release/compile-release.ts'
import type { Entity, Field } from '../release/entity.ts'
import { type KeyedMemory, rememberBy } from '../remember.ts'
import { formulaOf } from './formula-of.ts'
import { fieldScope } from './record-scope.ts'
import { aggregationOf } from './rollups.ts'

/** A formula or roll-up. */
interface Computed {
  readonly entity: Entity
  readonly field: Field
}

/**
 * The way on which a formula or roll-up comes back to itself, e.g. `['item.total', 'line.amount', 'item.total']`, through
 * whatever records; undefined when it does not.
 */
export function findCycle(release: Release, entity: Entity, field: Field): readonly string[] | undefined {
  const wanted = nameOf({ entity, field })
  const seen = new Set<string>()
  const search = (computed: Computed, way: readonly string[]): readonly string[] | undefined => {
    for (const next of readsComputed(release, computed)) {
      const name = nameOf(next)
      if (name === wanted) return [...way, name]
      if (seen.has(name)) continue
      seen.add(name)
      const found = search(next, [...way, name])
      if (found !== undefined) return found
    }
    return undefined
  }
  return search({ entity, field }, [wanted])
}

function nameOf({ entity, field }: Computed): string {
  return `${entity.name}.${field.name}`
}

const memory: KeyedMemory<readonly Computed[]> = new WeakMap()

/** The formulas and roll-ups that one reads directly. */
function readsComputed(release: Release, computed: Computed): readonly Computed[] {
  return rememberBy(memory, release, nameOf(computed), () => [
    ...formulaReads(release, computed),
    ...rollupReads(release, computed),
  ])
}

function formulaReads(release: Release, { entity, field }: Computed): Computed[] {
  const formula = formulaOf(release, entity, field)
  if (formula === undefined) return []
  return referencesOf(formula).flatMap((path) => computedAt(release, entity, path) ?? [])
}

function rollupReads(release: Release, { field }: Computed): Computed[] {
  const aggregation = aggregationOf(field)
  const child = aggregation && release.entity(aggregation.from)
  if (aggregation === undefined || child === undefined) return []
  return [aggregation.field, aggregation.where].flatMap((text) => {
    const checked = text === undefined ? undefined : checkExpression(text, fieldScope(release, child))
    if (checked?.ok !== true) return []
    return referencesOf(checked.expression).flatMap((path) => computedAt(release, child, path) ?? [])
  })
}

/** The formula or roll-up at the end of a path through lookups and lines. */
function computedAt(release: Release, entity: Entity, [name = '', ...rest]: readonly string[]): Computed | undefined {
  const field = entity.fields.get(name)
  if (field === undefined) return undefined
  if (asText(field.settings.expression) !== undefined || aggregationOf(field) !== undefined) return { entity, field }
  const isPassed = fieldTypeOf(field.type).source === 'children' || valueTypeOf(field).feel === 'reference'
  const next = isPassed && rest.length > 0 ? release.entity(asText(field.settings.entity) ?? '') : undefined
  return next && computedAt(release, next, rest)
}
