import type { Context } from 'hono'
import { requireSystem } from '../access/grant.ts'
import { forgetActors } from '../accounts/actors-channel.ts'
import { type FieldError, invalidBody, unknownPerson } from '../errors.ts'
import type { Environment, Services } from '../http/environment.ts'
import type { Connection, Transaction } from '../storage/connect.ts'
import { inTransaction, sqlState } from '../storage/in-transaction.ts'
import { isUuid } from '../storage/uuid.ts'

/** @throws Fault 403 */
export function requireAdministrator(c: Context<Environment>): void {
  requireSystem(c.var.release, c.var.actor, 'administer')
}

/** The id in the address. @throws Fault 404 when it is none */
export function idParam(c: Context<Environment>): string {
  const id = c.req.param('id') ?? ''
  if (!isUuid(id)) throw unknownPerson()
  return id
}

/** Whoever changes people waits for whoever does: two changes together could make a circle. */
export async function holdPeople(connection: Connection): Promise<void> {
  await connection`select pg_advisory_xact_lock(hashtext('heddle.people'))`
}

/** Changes people in one transaction. @throws Fault 422 `taken` when something must be unique and is not */
export async function changePeople<Result>(
  services: Services,
  taken: FieldError,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  try {
    const result = await inTransaction(services.database, async (transaction) => {
      await holdPeople(transaction)
      return work(transaction)
    })
    await forgetActors(services)
    return result
  } catch (error) {
    if (sqlState(error) !== '23505') throw error
    throw invalidBody([taken])
  }
}
