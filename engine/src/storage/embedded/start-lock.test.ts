import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ownIdentity } from './process-identity.ts'
import { withLock } from './start-lock.ts'

let directory: string
let path: string

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'heddle-lock-'))
  path = join(directory, 'lock')
})
afterAll(() => rm(directory, { recursive: true }))

const ignore = () => undefined

it('lets one in at a time, tells the others whom they wait for, and leaves nothing behind', async () => {
  const messages: string[] = []
  let inside = 0
  let most = 0
  const work = async () => {
    inside += 1
    most = Math.max(most, inside)
    await delay(20)
    inside -= 1
  }
  await Promise.all([1, 2, 3].map(() => withLock(path, (message) => messages.push(message), work)))
  expect(most).toBe(1)
  expect(messages[0]).toContain(`Waiting for process ${process.pid}`)
  expect(await readdir(directory)).toEqual([])
})

it('is released when the work fails', async () => {
  await expect(withLock(path, ignore, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed')
  expect(await readdir(directory)).toEqual([])
})

it('takes the lock of a process that died', async () => {
  const { pid } = spawnSync(process.execPath, ['--version'])
  await writeFile(path, JSON.stringify({ pid, started: 'once' }))
  expect(await withLock(path, ignore, async () => 'worked')).toBe('worked')
})

it('takes the lock of a dead process whose pid is now our own', async () => {
  await writeFile(path, JSON.stringify({ pid: process.pid, started: 'before the container was started again' }))
  expect(await withLock(path, ignore, async () => 'worked')).toBe('worked')
})

it('takes an old lock that its holder died before writing', async () => {
  await writeFile(path, '')
  await utimes(path, new Date(0), new Date(0))
  expect(await withLock(path, ignore, async () => 'worked')).toBe('worked')
})

it('lets one in at a time although many find a dead lock at once', async () => {
  await writeFile(path, JSON.stringify({ pid: process.pid, started: 'long ago' }))
  let inside = 0
  const work = async () => {
    inside += 1
    expect(inside).toBe(1)
    await delay(5)
    inside -= 1
  }
  await Promise.all(Array.from({ length: 10 }, () => withLock(path, ignore, work)))
  expect(await readdir(directory)).toEqual([])
})

it('does not take the lock of a living process', async () => {
  const holder = JSON.stringify(await ownIdentity())
  await writeFile(path, holder)
  const entered = withLock(path, ignore, async () => 'worked')
  expect(await Promise.race([entered, delay(200, 'waits')])).toBe('waits')
  expect(await readFile(path, 'utf8')).toBe(holder)
  await rm(path)
  expect(await entered).toBe('worked')
})
