import { impossibleQuery } from '../errors.ts'
import { sqlState } from '../storage/in-transaction.ts'

/** Runs a query that a client has thought out: values out of range and questions that are too complex are its fault. */
export async function askDatabase<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask()
  } catch (error) {
    const state = sqlState(error) ?? ''
    // Class 22 is data that cannot be worked with, class 54 a limit of the server.
    throw state.startsWith('22') || state.startsWith('54') ? impossibleQuery(error) : error
  }
}
