import type { Entity } from '@heddle/metadata'
import type { FailingRows, StepClass, ValueIn } from './step.ts'

/** One named object of the database that a definition asks for: an index or a constraint. */
export interface Constraint {
  /** Name of the object in the database. */
  readonly name: string
  /** Changes when the object must be rebuilt. */
  readonly signature: string
  readonly create: string
  readonly drop: string
  readonly path: string
  readonly text: string
  readonly class: StepClass
  readonly failing?: FailingRows
  /** How it is made on a table too large to be locked meanwhile. */
  readonly later: LaterConstraint
}

/** What is done at once, and the statement that a job runs outside any transaction. */
export interface LaterConstraint {
  readonly create: readonly string[]
  readonly kind: 'index' | 'validate'
  readonly statement: string
}

/** What constraints depend on besides their entity. */
export interface ConstraintContext {
  readonly tableOf: (entityName: string) => string | undefined
  readonly valueIn: ValueIn
  /** Whether a table stands before the publish; what is asked of live rows cannot name one that does not. */
  readonly isThere: (table: string) => boolean
}

/** The objects of one kind that an entity asks for. */
export type ConstraintKind = (entity: Entity, context: ConstraintContext) => Constraint[]
