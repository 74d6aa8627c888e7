import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { checkSecretKey, loadSecretKey } from './secret-key.ts'

let folder: string
let database: TestDatabase
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'secret-key-'))
  database = await createTestDatabase()
})
afterEach(async () => {
  await database.drop()
  await rm(folder, { recursive: true })
})

const load = () => loadSecretKey(database.sql, undefined, folder)

test('a key is made once, for its owner alone, and leaves nothing else behind', async () => {
  const keys = await Promise.all([load(), load()])
  expect(keys[0]).toBe(keys[1])
  expect(await load()).toBe(keys[0])
  expect(await readdir(folder)).toEqual(['secret-key'])
  expect((await stat(join(folder, 'secret-key'))).mode & 0o777).toBe(0o600)
})

test('an empty file that a killed start left behind is filled by the next', async () => {
  await writeFile(join(folder, 'secret-key'), '')
  const key = await load()
  expect(key.length).toBeGreaterThanOrEqual(32)
  expect(await readFile(join(folder, 'secret-key'), 'utf8')).toBe(key)
})

test('a key that was lost after the set-up is asked for, and one cut short is refused', async () => {
  await writeFile(join(folder, 'secret-key'), 'cut short')
  await expect(load()).rejects.toThrow(/^HEDDLE_SECRET_KEY: .*secret-key.* is damaged/)
  await checkSecretKey(database.sql, 'a secret that is long enough for tests')
  await writeFile(join(folder, 'secret-key'), '')
  await expect(load()).rejects.toThrow(/^HEDDLE_SECRET_KEY: .*secret-key.* is damaged/)
  expect(await readFile(join(folder, 'secret-key'), 'utf8')).toBe('')
})
