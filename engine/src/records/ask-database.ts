import { impossibleQuery, slowQuery } from '../errors.ts'
import { askBounded } from '../storage/bound-questions.ts'
import type { Connection } from '../storage/connect.ts'
import { sqlState } from '../storage/in-transaction.ts'

/**
 * Runs a query that a client has thought out: values out of range, and questions that are too complex or take too long,
 * are its fault.
 */
export async function askDatabase<Result>(
  connection: Connection,
  ask: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  try {
    return await askBounded(connection, ask)
  } catch (error) {
    const state = sqlState(error) ?? ''
    if (state === '57014') throw slowQuery(error)
    // Class 22 is data that cannot be worked with, class 54 a limit of the server.
    throw state.startsWith('22') || state.startsWith('54') ? impossibleQuery(error) : error
  }
}
