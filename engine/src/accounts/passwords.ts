import { hashPassword, verifyPassword } from 'better-auth/crypto'
import type { Connection, Database } from '../storage/connect.ts'
import { inTransaction } from '../storage/in-transaction.ts'
import { uuidv7 } from '../storage/uuid.ts'
import { endSessions } from './sessions.ts'

/** Gives a person a password; whoever was signed in with the one before is not any more. */
export async function setPassword(connection: Connection, id: string, password: string): Promise<void> {
  await connection`delete from heddle.account where user_id = ${id} and provider_id = 'credential'`
  await connection`
    insert into heddle.account (id, account_id, provider_id, user_id, password)
    values (${uuidv7()}, ${id}, 'credential', ${id}, ${await hashPassword(password)})`
  await endSessions(connection, id)
}

/** A person's own change of password. */
export interface PasswordChange {
  readonly person: string
  /** The session that goes on. */
  readonly session: string | undefined
  readonly current: string
  readonly password: string
}

/** Changes one's own password and ends the other sessions; not ok when the present one is another. */
export async function changePassword(database: Database, change: PasswordChange): Promise<{ ok: boolean }> {
  const { person, session, current, password } = change
  const [row] = await database<{ password: string | null }[]>`
    select password from heddle.account where user_id = ${person} and provider_id = 'credential'`
  const known = row?.password ?? null
  if (known === null || !(await verifyPassword({ hash: known, password: current }))) return { ok: false }
  const hash = await hashPassword(password)
  return inTransaction(database, async (transaction) => {
    // Somebody else may have changed it meanwhile.
    const changed = await transaction`
      update heddle.account set password = ${hash}, updated_at = now()
      where user_id = ${person} and provider_id = 'credential' and password = ${known}`
    if (changed.count === 0) return { ok: false }
    await endSessions(transaction, person, session)
    return { ok: true }
  })
}
