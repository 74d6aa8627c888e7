import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { link, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { configInvalid } from '../errors.ts'
import type { Database } from '../storage/connect.ts'

/** The installation's secret: given, or made once and kept in the data directory (mode 0600). */
export async function loadSecretKey(database: Database, given: string | undefined, dataDir: string): Promise<string> {
  if (given !== undefined) return given
  const file = join(dataDir, 'secret-key')
  const kept = await keptKey(file)
  if (kept === undefined) await keepKey(file, link)
  // Left behind by a process that was killed before it had written: nothing depends on it yet.
  else if (kept === '' && !(await isSetUp(database))) await keepKey(file, rename)
  const key = (await keptKey(file)) ?? ''
  if (key.length >= 32) return key
  throw configInvalid(
    'HEDDLE_SECRET_KEY',
    `the key in “${file}” is damaged; put the file back from a backup, or give the key that it held.`,
    '<the key of the first start>',
  )
}

async function keptKey(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch (error) {
    if (isError(error, 'ENOENT')) return undefined
    throw error
  }
}

/** Makes a key and puts it there whole or not at all; with `link`, one that another process has put there stays. */
async function keepKey(file: string, place: (from: string, to: string) => Promise<void>): Promise<void> {
  const made = `${file}.${randomUUID()}`
  const handle = await open(made, 'w', 0o600)
  try {
    await handle.writeFile(randomBytes(32).toString('base64'))
    await handle.sync()
  } finally {
    await handle.close()
  }
  try {
    await place(made, file)
  } catch (error) {
    if (!isError(error, 'EEXIST')) throw error
  } finally {
    await rm(made, { force: true })
  }
}

function isError(error: unknown, code: string): boolean {
  return error instanceof Error && Reflect.get(error, 'code') === code
}

async function isSetUp(database: Database): Promise<boolean> {
  const [row] = await database`select 1 from heddle.fact where name = 'key-check'`
  return row !== undefined
}

/** @throws Fault when the database was set up with another secret key */
export async function checkSecretKey(database: Database, secret: string): Promise<void> {
  const check = JSON.stringify(createHmac('sha256', secret).update('heddle.key-check').digest('hex'))
  await database`
    insert into heddle.fact (name, value) values ('key-check', ${check}) on conflict do nothing`
  const [row] = await database<{ value: string }[]>`
    select value::text as value from heddle.fact where name = 'key-check'`
  if (row?.value !== check) {
    throw configInvalid(
      'HEDDLE_SECRET_KEY',
      'is not the key that this database was set up with; use that one.',
      '<the key of the first start>',
    )
  }
}
