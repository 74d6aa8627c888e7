import type { Entity } from '@heddle/metadata'
import type { Constraint, ConstraintContext, ConstraintKind } from './constraint.ts'
import { declaredIndexes, duplicatesIndex, searchIndex } from './indexes.ts'
import { reference } from './reference.ts'
import { required } from './required.ts'
import { columnValue, type Step } from './step.ts'
import { unique } from './unique.ts'

/** Every kind of index and constraint. */
const kinds: readonly ConstraintKind[] = [required, unique, reference, declaredIndexes, duplicatesIndex, searchIndex]

/** Every index and constraint that an entity asks for; the values are those of its columns unless told otherwise. */
export function constraintsOf(
  entity: Entity,
  tableOf: ConstraintContext['tableOf'],
  { valueIn = columnValue, isThere = () => true }: Partial<ConstraintContext> = {},
): Constraint[] {
  return kinds.flatMap((kind) => kind(entity, { tableOf, valueIn, isThere }))
}

/** How large the table is that gets a constraint: a new one is empty, a big one must not be locked for long. */
export type TableSize = 'new' | 'small' | 'big'

/** The steps that take away what an entity no longer asks for. */
export function planDrops(entity: Entity, previous: readonly Constraint[], next: readonly Constraint[]): Step[] {
  const kept = new Set(next.map((constraint) => constraint.signature))
  return previous
    .filter(({ signature }) => !kept.has(signature))
    .map(({ name, path, text, drop }) => {
      const address = `entity/${entity.name}`
      return { class: 'safe', address, path, text: `No longer: ${text}`, sql: [drop], cancels: [name] }
    })
}

/** The steps that make what an entity did not ask for before. */
export function planAdditions(
  entity: Entity,
  previous: readonly Constraint[],
  next: readonly Constraint[],
  size: TableSize,
): Step[] {
  const known = new Set(previous.map((constraint) => constraint.signature))
  return next.filter(({ signature }) => !known.has(signature)).map((constraint) => addition(entity, constraint, size))
}

function addition(
  entity: Entity,
  { name, path, text, failing, create, later, ...constraint }: Constraint,
  size: TableSize,
): Step {
  const step = { address: `entity/${entity.name}`, path, text, class: constraint.class } as const
  if (size === 'new') return { ...step, class: 'safe', sql: [create] }
  const checked = failing === undefined ? step : { ...step, failing }
  if (size === 'small') return { ...checked, sql: [create] }
  const detail = {
    entity: entity.id,
    statement: later.statement,
    drop: constraint.drop,
    failing: failing?.query ?? null,
  }
  return { ...checked, sql: later.create, deferred: { kind: later.kind, name, detail } }
}
