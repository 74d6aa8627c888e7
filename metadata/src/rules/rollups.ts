import { type CheckResult, checkExpression } from '../expressions/check-expression.ts'
import type { TypedExpression } from '../expressions/typed-expression.ts'
import { feelTypes } from '../expressions/types.ts'
import type { AggregateFunction, Aggregation } from '../field-types/define-field-type.ts'
import { fieldTypeOf } from '../field-types/index.ts'
import { asText } from '../json.ts'
import type { Release } from '../release/compile-release.ts'
import type { Entity, Field } from '../release/entity.ts'
import { type KeyedMemory, rememberBy } from '../remember.ts'
import { ownReads } from './own-reads.ts'
import { fieldScope } from './record-scope.ts'

/** A field that gathers one value from the records whose lookup points to its own record. */
export interface Rollup {
  readonly parent: Entity
  readonly field: Field
  readonly child: Entity
  /** The child's lookup to the parent. */
  readonly by: Field
  readonly function: AggregateFunction
  /** What is aggregated, over the child's own fields; undefined for a count. */
  readonly value: TypedExpression | undefined
  readonly where: TypedExpression | undefined
  /** Names of the child's stored fields that decide the value, besides `by`. */
  readonly reads: ReadonlySet<string>
}

const memory: KeyedMemory<readonly Rollup[]> = new WeakMap()

/** The roll-ups of an entity. Those that do not fit are left out: a release holds none. */
export function rollupsOf(release: Release, entity: Entity): readonly Rollup[] {
  return rememberBy(memory, release, entity.name, () =>
    [...entity.fields.values()].flatMap((field) => resolveRollup(release, entity, field) ?? []),
  )
}

/** What the field gathers, undefined when it is no roll-up. */
export function aggregationOf(field: Field): Aggregation | undefined {
  return fieldTypeOf(field.type).aggregates?.(field.settings)
}

/** A roll-up's condition, checked. */
export function checkRollupWhere(release: Release, child: Entity, where: string): CheckResult {
  return checkExpression(where, fieldScope(release, child), { expects: feelTypes.boolean })
}

function resolveRollup(release: Release, parent: Entity, field: Field): Rollup | undefined {
  const aggregation = aggregationOf(field)
  if (aggregation === undefined) return undefined
  const child = release.entity(aggregation.from)
  const by = child?.fields.get(aggregation.by)
  if (child === undefined || by === undefined || !pointsTo(release, by, parent)) return undefined
  const { field: name, where: condition } = aggregation
  const value = name === undefined ? undefined : checkExpression(name, fieldScope(release, child))
  const where = condition === undefined ? undefined : checkRollupWhere(release, child, condition)
  if (value?.ok === false || where?.ok === false) return undefined
  const reads = new Set<string>()
  for (const checked of [value, where]) {
    if (checked === undefined) continue
    const { names, beyond } = ownReads(release, child, checked.expression)
    if (beyond !== undefined) return undefined
    for (const each of names) reads.add(each)
  }
  return {
    parent,
    field,
    child,
    by,
    function: aggregation.function,
    value: value?.expression,
    where: where?.expression,
    reads,
  }
}

/** True for a stored lookup to that entity. */
export function pointsTo(release: Release, field: Field, target: Entity): boolean {
  const name = asText(field.settings.entity)
  return (
    fieldTypeOf(field.type).feel === 'reference' && name !== undefined && release.entity(name)?.name === target.name
  )
}
