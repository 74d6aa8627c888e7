import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { adminRole } from '../access/actor.ts'
import type { Database } from '../storage/connect.ts'
import { inTransaction } from '../storage/in-transaction.ts'
import { createUser } from './users.ts'

/** How to sign in after a first start. */
export interface FirstSignIn {
  readonly email: string
  /** Undefined when the environment gave it: whoever set it knows it. */
  readonly madePassword: string | undefined
}

/** Creates the administrator of an installation without people; undefined when there are people already. */
export function ensureAdministrator(
  database: Database,
  wanted: { readonly email: string; readonly password: string | undefined },
): Promise<FirstSignIn | undefined> {
  return inTransaction(database, async (transaction) => {
    await transaction`select pg_advisory_xact_lock(hashtext('heddle.first-start'))`
    const [row] = await transaction`select 1 from heddle.user limit 1`
    if (row !== undefined) return undefined
    const madePassword = wanted.password === undefined ? makePassword() : undefined
    await createUser(transaction, {
      email: wanted.email,
      name: '管理员',
      password: wanted.password ?? madePassword,
      roles: [adminRole],
    })
    return { email: wanted.email, madePassword }
  })
}

/** A password a person can type: four groups of letters and digits without look-alikes. */
export function makePassword(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'
  const letters = [...randomBytes(16)].map((byte) => alphabet.charAt(byte % alphabet.length))
  return [0, 4, 8, 12].map((start) => letters.slice(start, start + 4).join('')).join('-')
}

/** Tells how to sign in: on a terminal, else in a file that only the owner can read; returns where. */
export async function tellSignIns(
  signIns: readonly { readonly email: string; readonly password: string; readonly note: string }[],
  dataDir: string,
): Promise<string> {
  const text = signIns.map(({ email, password, note }) => `${email}  ${password}  ${note}`).join('\n')
  if (process.stdout.isTTY) return text
  const file = join(dataDir, 'first-sign-in.txt')
  // With DATABASE_URL nothing else needs this folder.
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  await writeFile(file, `${text}\n`, { mode: 0o600 })
  return `see ${file}`
}
