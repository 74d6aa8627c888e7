import type { Address } from '@heddle/metadata'

/**
 * safe: nothing to accept. guarded: no row fails, but it limits future writes or locks. destructive: data goes.
 */
export type StepClass = 'safe' | 'guarded' | 'destructive'

/** Whether a text names a class of steps that somebody has to accept. */
export function isAcceptable(text: string): text is StepClass {
  return text === 'guarded' || text === 'destructive'
}

/** One step from the live release to the next: what it does to the database, in words and in SQL. */
export interface Step {
  readonly class: StepClass
  readonly address: Address
  /** JSON Pointer of what the step is about. */
  readonly path: string
  readonly text: string
  /** Statements for the publishing transaction, in order. */
  readonly sql: readonly string[]
  /** Rows that would break the rule; any row forbids the publish. */
  readonly failing?: FailingRows
  /** Slow work that runs as a job after the commit. */
  readonly deferred?: DeferredWork
}

/** A query for rows that break a rule: columns id, label, value; at most `limit` are shown. */
export interface FailingRows {
  readonly query: string
  readonly code: string
  readonly message: string
}

/** Statements that run outside the transaction, one by one, each repeatable. */
export interface DeferredWork {
  readonly kind: 'index' | 'validate' | 'search'
  readonly statements: readonly string[]
}

/** A quoted SQL identifier. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** The quoted, schema-qualified table of records. */
export function tableName(table: string): string {
  return `app.${quoted(table)}`
}
