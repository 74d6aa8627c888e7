import type { SQL } from 'drizzle-orm'

/** A condition in SQL with the values of its placeholders; `shape` is the same for the same SQL. */
export interface Condition {
  readonly shape: string
  readonly sql: SQL
  readonly values: Readonly<Record<string, unknown>>
}
