import type { Address, Entity, Field, Json } from '@heddle/metadata'
import { hasColumn } from '../../field-types/index.ts'

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
  /** Names of deferred work that nobody needs any more. */
  readonly cancels?: readonly string[]
}

/** A query for rows that break a rule: columns id, label, value, total; at most twenty are shown. */
export interface FailingRows {
  readonly query: string
  readonly code: string
  readonly message: string
}

/** Work outside the transaction, repeatable from any point; `kind` names the job that does it. */
export interface DeferredWork {
  readonly kind: string
  /** The database object that it is about; of one name there is one open job. */
  readonly name: string
  readonly detail: { readonly [name: string]: Json }
}

/** A quoted SQL identifier. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** The quoted, schema-qualified table of records. */
export function tableName(table: string): string {
  return `app.${quoted(table)}`
}

/** The SQL of a field's value in the rows that exist: its column, unless the plan is to make that first. */
export type ValueIn = (field: Field) => string

/** The column itself. */
export const columnValue: ValueIn = (field) => quoted(field.column)

/** A query of the records, trash excluded, for which `condition` holds, with what names them and the value at fault. */
export function failingQuery(entity: Entity, condition: string, value: string, valueIn: ValueIn = columnValue): string {
  const label = entity.fields.get(entity.label ?? '')
  const shown = label !== undefined && hasColumn(label) ? `(${valueIn(label)})::text` : 'null'
  return `select id::text as id, ${shown} as label, (${value})::text as value, count(*) over ()::int as total
    from ${tableName(entity.table)} where deleted_at is null and (${condition}) order by 3, id limit 20`
}
