import postgres from 'postgres'

/** A connection pool of postgres.js. */
export type Database = postgres.Sql
/** A transaction of postgres.js. */
export type Transaction = postgres.TransactionSql
/** Where a statement may run. */
export type Connection = Database | Transaction

/** Values postgres.js can bind. */
export type Parameter = string | number | boolean | null | Date | readonly Parameter[]

/**
 * Opens a pool. JSON parameters are bound as text the caller has made: postgres.js would otherwise stringify strings
 * again.
 */
export function connect(
  url: string,
  options: { max?: number; applicationName?: string; socket?: string | undefined } = {},
): Database {
  return postgres(url, {
    // Statements beyond these share the connections' writes, which are what a busy server pays for most.
    max: options.max ?? 10,
    ...(options.socket === undefined ? {} : { path: options.socket }),
    onnotice: () => undefined,
    connection: { application_name: options.applicationName ?? 'heddle', TimeZone: 'UTC' },
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
