import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
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

/**
 * Creates the administrator of an installation without people; undefined when there are people already. A made password
 * is kept before it holds: a crash in between must leave nobody locked out.
 */
export function ensureAdministrator(
  database: Database,
  wanted: { readonly email: string; readonly password: string | undefined },
  dataDir: string,
): Promise<FirstSignIn | undefined> {
  return inTransaction(database, async (transaction) => {
    await transaction`select pg_advisory_xact_lock(hashtext('heddle.first-start'))`
    const [row] = await transaction`select 1 from heddle.user limit 1`
    if (row !== undefined) return undefined
    const madePassword = wanted.password === undefined ? makePassword() : undefined
    if (madePassword !== undefined) {
      await keepSignIns([{ email: wanted.email, password: madePassword, note: 'administrator' }], dataDir)
    }
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

/** A password that this start has made, and whose it is. */
export interface MadeSignIn {
  readonly email: string
  readonly password: string
  readonly note: string
}

/** Tells how to sign in: on a terminal, else in a file that only the owner can read; returns where. */
export async function tellSignIns(signIns: readonly MadeSignIn[], dataDir: string): Promise<string> {
  const file = await keepSignIns(signIns, dataDir)
  if (!process.stdout.isTTY) return `see ${file}`
  // Also lines of earlier starts, which nobody has seen yet.
  const told = await readFile(file, 'utf8')
  await rm(file)
  return told.trimEnd()
}

function textOf(signIns: readonly MadeSignIn[]): string {
  return signIns.map(({ email, password, note }) => `${email}  ${password}  ${note}`).join('\n')
}

/**
 * Writes made passwords into the file that only the owner can read, before they hold. Lines of other people stay: a
 * start that was cut off may have made them.
 */
export async function keepSignIns(signIns: readonly MadeSignIn[], dataDir: string): Promise<string> {
  const file = join(dataDir, 'first-sign-in.txt')
  // With DATABASE_URL nothing else needs this folder.
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const known = (await readFile(file, 'utf8').catch(() => '')).split('\n')
  const others = known.filter((line) => line !== '' && !signIns.some(({ email }) => line.startsWith(`${email}  `)))
  await writeFile(file, [...others, textOf(signIns), ''].join('\n'), { mode: 0o600 })
  return file
}
