import postgres from 'postgres'

/** A connection pool of postgres.js. */
export type Database = postgres.Sql
/** A transaction of postgres.js. */
export type Transaction = postgres.TransactionSql
/** Where a statement may run. */
export type Connection = Database | Transaction

/** Values postgres.js can bind. */
export type Parameter = string | number | boolean | null | Date | readonly Parameter[]

/** How a pool differs from the usual one. */
export interface PoolOptions {
  readonly max?: number
  readonly applicationName?: string
  readonly socket?: string | undefined
  /** No statement runs longer than this; a pooler of transactions would refuse the connection for it. */
  readonly statementMs?: number
}

/**
 * Opens a pool. JSON parameters are bound as text the caller has made: postgres.js would otherwise stringify strings
 * again.
 */
export function connect(url: string, options: PoolOptions = {}): Database {
  return postgres(url, {
    // Statements beyond these share the connections' writes, which are what a busy server pays for most.
    max: options.max ?? 10,
    ...(options.socket === undefined ? {} : { path: options.socket }),
    onnotice: () => undefined,
    connection: {
      application_name: options.applicationName ?? 'heddle',
      TimeZone: 'UTC',
      ...(options.statementMs === undefined ? {} : { statement_timeout: options.statementMs }),
    },
    types: {
      json: { to: 114, from: [114, 3802], serialize: asIs, parse: asIs },
      // A Date has milliseconds only: texts keep the microseconds that cursors compare.
      date: { to: 1184, from: [1114, 1184], serialize: momentText, parse: (text: string) => new Date(text) },
    },
  })
}

function momentText(value: Date | string): string {
  return value instanceof Date ? value.toISOString() : value
}

function asIs(text: string): string {
  return text
}
