import type { Connection, Database } from './connect.ts'
import { inTransaction } from './in-transaction.ts'

const limits = new WeakMap<Connection, number>()

/**
 * Bounds each question on a pool behind a pooler of transactions, whose sessions are others' as well: there the limit
 * goes along in a transaction. Sessions of our own have it from their start, which costs a question nothing.
 */
export function boundQuestions(pool: Database, statementMs: number): void {
  limits.set(pool, statementMs)
}

/** Asks on a connection where no statement runs longer than the pool lets one. */
export function askBounded<Result>(
  connection: Connection,
  ask: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const limit = limits.get(connection)
  if (limit === undefined || !('begin' in connection)) return ask(connection)
  return inTransaction(connection, async (transaction) => {
    await transaction.unsafe(`set local statement_timeout = ${limit}`)
    return ask(transaction)
  })
}

/** Lets the transaction's statements run as long as they take. */
export async function liftLimit(transaction: Connection): Promise<void> {
  await transaction`set local statement_timeout = 0`
}
