import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { tellSignIns } from './first-start.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'first-start-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('the first password goes into a file for its owner alone, also when the data directory is not there yet', async () => {
  const dataDir = join(folder, 'not', 'there')
  const told = await tellSignIns([{ email: 'a@b.example', password: 'secret', note: 'administrator' }], dataDir)
  const file = join(dataDir, 'first-sign-in.txt')
  expect(told).toBe(`see ${file}`)
  expect(await readFile(file, 'utf8')).toBe('a@b.example  secret  administrator\n')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
})

test('a terminal shows the lines of an earlier start as well before their file goes', async () => {
  const file = join(folder, 'first-sign-in.txt')
  await writeFile(file, 'admin@b.example  hidden  administrator\n')
  vi.spyOn(process, 'stdout', 'get').mockReturnValue(Object.assign(Object.create(process.stdout), { isTTY: true }))
  const told = await tellSignIns([{ email: 'a@b.example', password: 'secret', note: 'demo' }], folder)
  vi.restoreAllMocks()
  expect(told).toBe('admin@b.example  hidden  administrator\na@b.example  secret  demo')
  await expect(stat(file)).rejects.toThrow('ENOENT')
})
