import { createHmac, randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { configInvalid } from '../errors.ts'
import type { Database } from '../storage/connect.ts'

/** The installation's secret: given, or made once and kept in the data directory (mode 0600). */
export async function loadSecretKey(given: string | undefined, dataDir: string): Promise<string> {
  if (given !== undefined) return given
  const file = join(dataDir, 'secret-key')
  try {
    await writeFile(file, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error) || Reflect.get(error, 'code') !== 'EEXIST') throw error
  }
  return (await readFile(file, 'utf8')).trim()
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
