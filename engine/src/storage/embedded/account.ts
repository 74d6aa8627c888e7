import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'

/** A user of the operating system that PostgreSQL's programs run as. */
export interface Account {
  uid: number
  gid: number
  name: string
}

export interface Outcome {
  code: number | null
  output: string
}

/** The account PostgreSQL runs as when we are root: `heddle` when the system has it, else `nobody`. */
export async function unprivilegedAccount(): Promise<Account> {
  const accounts = await systemAccounts()
  return (
    accounts.find((account) => account.name === 'heddle') ??
    accounts.find((account) => account.name === 'nobody') ?? { uid: 65534, gid: 65534, name: 'nobody' }
  )
}

/** The account with this uid, named by its number when the system does not know it. */
export async function accountOf(uid: number, gid: number): Promise<Account> {
  const accounts = await systemAccounts()
  return accounts.find((account) => account.uid === uid) ?? { uid, gid, name: String(uid) }
}

export const isRoot = (): boolean => process.getuid?.() === 0

/** What `spawn` needs to run a PostgreSQL program as `account` (undefined: as ourselves), untouched by PG* variables. */
export const spawnOptions = (account: Account | undefined) => ({
  cwd: '/',
  env: { LC_ALL: 'C' },
  ...(account && { uid: account.uid, gid: account.gid }),
})

/** Runs a program to its end. A program that cannot be started gives code null and the reason as output. */
export function run(file: string, args: string[], account: Account | undefined): Promise<Outcome> {
  return new Promise((resolve) => {
    let output = ''
    const child = spawn(file, args, { ...spawnOptions(account), stdio: ['ignore', 'pipe', 'pipe'] })
    const collect = (chunk: Buffer) => {
      output += chunk.toString()
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('error', (error) => resolve({ code: null, output: error.message }))
    child.on('close', (code) => resolve({ code, output: output.trim() }))
  })
}

async function systemAccounts(): Promise<Account[]> {
  const text = await readFile('/etc/passwd', 'utf8').catch(() => '')
  return text
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4)
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
}
