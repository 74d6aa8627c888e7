import type { Connection, Database, Transaction } from './connect.ts'

/** SQLSTATEs after which the whole transaction is worth another try: stale plan, serialization, deadlock. */
const transient: ReadonlySet<string> = new Set(['0A000', '40001', '40P01'])
const maximumTries = 4

/**
 * Runs `work` in one transaction, again up to three times when it failed for a passing reason. `work` must change
 * nothing outside the transaction.
 */
export async function inTransaction<Result>(
  database: Database,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return (await database.begin(work)) as Result
    } catch (error) {
      if (attempt >= maximumTries || !transient.has(sqlState(error) ?? '')) throw error
    }
  }
}

/** Runs `work` inside a transaction so that its failure undoes only what it did itself. */
export async function inSavepoint<Result>(
  connection: Connection,
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  if (!('savepoint' in connection)) throw new Error('A savepoint needs a transaction.')
  return (await connection.savepoint(work)) as Result
}

/** The SQLSTATE of a database error, undefined for any other. */
export function sqlState(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
