import { type SQL, sql } from 'drizzle-orm'
import { textLiteral } from '../field-types/sql-text.ts'

/** One named value of what a statement shows. */
export interface Entry {
  readonly name: string
  readonly value: SQL
}

// A function takes at most 100 arguments.
const mostPairs = 50

/** A JSON object of the entries, in their order. */
export function jsonObject(entries: readonly Entry[]): SQL {
  if (entries.length > mostPairs) return sql`(select row_to_json(o) from (select ${jsonColumns(entries)}) o)`
  const pairs = entries.map(({ name, value }) => sql`${sql.raw(textLiteral(name))}, ${value}`)
  return sql`json_build_object(${sql.join(pairs, sql`, `)})`
}

/** The entries as columns of a row. */
export function jsonColumns(entries: readonly Entry[]): SQL {
  const columns = entries.map(({ name, value }) => sql`${value} as ${sql.identifier(name)}`)
  return sql.join(columns, sql`, `)
}
