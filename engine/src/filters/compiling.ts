import type { Call, TypedExpression } from '@heddle/metadata'
import type { SQL } from 'drizzle-orm'
import type { SqlClock } from './sql-clock.ts'

/**
 * Where an expression's fields are found. Joins are the resolver's: for `author.name` it answers a scalar expression,
 * such as a correlated subselect. Their SQL types are: id uuid, text and option text, number numeric (or an integer),
 * boolean, date, datetime timestamptz (to the millisecond), time time, durations interval, lists of values arrays.
 */
export interface SqlResolver {
  column(path: readonly string[]): SQL
  /** The records of a list, in their order, under an alias of the resolver's. */
  rows(path: readonly string[]): SqlRows
}

export interface SqlRows {
  /** What stands behind FROM, correlated to the outer row: `(select … where parent_id = a.id) as line`. */
  readonly from: SQL
  column(path: readonly string[]): SQL
}

/** A list as something to select from. */
export interface Source {
  readonly from: SQL
  readonly where: readonly SQL[]
  /** The element itself, where it is a value. */
  readonly value: SQL
  element(path: readonly string[]): SQL
}

export interface Compiling {
  readonly resolver: SqlResolver
  readonly clock: SqlClock
  /** Finds fields of the list element that the surrounding condition looks at. */
  readonly element?: Source
}

/** One call with what its SQL half needs. Arguments are compiled when asked for, in the form that the row wants. */
export interface SqlCall {
  readonly expression: Call
  readonly clock: SqlClock
  argument(index: number): TypedExpression
  scalar(index: number): SQL
  /** A number as numeric, so that whole numbers neither divide as integers nor overflow. */
  numeric(index: number): SQL
  /** A date and time as the company's clock shows it; other values as they are. */
  local(index: number): SQL
  source(index: number): Source
  /** The list that the call itself makes. */
  itself(): Source
  /** A condition over the elements of a source. */
  condition(index: number, source: Source): SQL
}

/** The SQL half of a row of the profile. */
export interface SqlRow {
  readonly value: (call: SqlCall) => SQL
  /** A form that may be null where `value` is false, so that an index can serve it; used where null counts as false. */
  readonly where?: (call: SqlCall) => SQL | undefined
}
