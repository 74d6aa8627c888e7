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
  /** Worked out for each value of one of the child's fields, of which each adds `atMost` at most. */
  readonly cap: { readonly per: string; readonly value: TypedExpression; readonly atMost: number } | undefined
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
  const parts = expressionsOf(release, child, aggregation)
  const reads = parts && ownReadsOf(release, child, Object.values(parts))
  if (parts === undefined || reads === undefined) return undefined
  const { value, where, per } = parts
  const cap = aggregation.cap && per && { ...aggregation.cap, value: per }
  return { parent, field, child, by, function: aggregation.function, value, where, cap, reads }
}

/** What of an aggregation is written in FEEL, by its part; undefined when one of them is wrong. */
function expressionsOf(release: Release, child: Entity, { field, where, cap }: Aggregation) {
  const scope = fieldScope(release, child)
  const value = field === undefined ? undefined : checkExpression(field, scope)
  const condition = where === undefined ? undefined : checkRollupWhere(release, child, where)
  const per = cap === undefined ? undefined : checkExpression(cap.per, scope)
  if (value?.ok === false || condition?.ok === false || per?.ok === false) return undefined
  return { value: value?.expression, where: condition?.expression, per: per?.expression }
}

/** Names of the child's stored fields that the expressions read; undefined when one of them reads more than those. */
function ownReadsOf(release: Release, child: Entity, expressions: readonly (TypedExpression | undefined)[]) {
  const names = new Set<string>()
  for (const expression of expressions) {
    if (expression === undefined) continue
    const reads = ownReads(release, child, expression)
    if (reads.beyond !== undefined) return undefined
    for (const name of reads.names) names.add(name)
  }
  return names
}

/** True for a stored lookup to that entity. */
export function pointsTo(release: Release, field: Field, target: Entity): boolean {
  const name = asText(field.settings.entity)
  return (
    fieldTypeOf(field.type).feel === 'reference' && name !== undefined && release.entity(name)?.name === target.name
  )
}
