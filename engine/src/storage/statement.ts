import { Placeholder, type SQL } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import type { Connection, Parameter } from './connect.ts'

/** A statement rendered once: text for the server and its parameters, some of them named places to fill. */
export interface Statement {
  readonly text: string
  readonly parameters: readonly unknown[]
  /** Whether the server keeps it prepared, which it does for the life of the connection. */
  readonly isPrepared?: boolean
}

const dialect = new PgDialect()

/** Renders composed SQL; do this once per shape, values that change are `sql.placeholder`s. */
export function renderStatement(query: SQL): Statement {
  const { sql, params } = dialect.sqlToQuery(query)
  return { text: sql, parameters: params }
}

/** Runs a rendered statement; rows are arrays of raw column text. A value may be a function that gives it. */
export async function runRaw(
  connection: Connection,
  statement: Statement,
  values: Readonly<Record<string, unknown>> = {},
): Promise<(Buffer | null)[][]> {
  const rows = await connection
    .unsafe(statement.text, bind(statement, values), { prepare: statement.isPrepared === true })
    .raw()
  return rows as unknown as (Buffer | null)[][]
}

/** Runs a rendered statement; rows are objects. A value may be a function that gives it. */
export async function runRows<Row>(
  connection: Connection,
  statement: Statement,
  values: Readonly<Record<string, unknown>> = {},
): Promise<Row[]> {
  const rows = await connection.unsafe(statement.text, bind(statement, values), {
    prepare: statement.isPrepared === true,
  })
  return rows as unknown as Row[]
}

function bind(statement: Statement, values: Readonly<Record<string, unknown>>): Parameter[] {
  return statement.parameters.map((parameter) => {
    const value = parameter instanceof Placeholder ? values[parameter.name] : parameter
    return ((typeof value === 'function' ? value() : value) ?? null) as Parameter
  }) as Parameter[]
}
