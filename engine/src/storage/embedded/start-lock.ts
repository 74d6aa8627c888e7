import { randomUUID } from 'node:crypto'
import type { Stats } from 'node:fs'
import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { isRunning, ownIdentity, type ProcessIdentity } from './process-identity.ts'

/** Runs `work` while holding the lock file, which processes of this computer wait for; a dead holder's lock is taken. */
export async function withLock<T>(path: string, log: (message: string) => void, work: () => Promise<T>): Promise<T> {
  const mine = JSON.stringify({ ...(await ownIdentity()), token: randomUUID() })
  await acquire(path, mine, log)
  try {
    return await work()
  } finally {
    if ((await readLock(path)) === mine) await rm(path, { force: true })
  }
}

async function acquire(path: string, mine: string, log: (message: string) => void): Promise<void> {
  let told = false
  while (!(await create(path, mine))) {
    if ((await isStale(path)) && (await removeStale(path))) continue
    const holder = parseHolder(await readLock(path))
    if (holder && !told) log(`Waiting for process ${holder.pid}, which is starting or stopping PostgreSQL…`)
    told ||= holder !== undefined
    await delay(20)
  }
}

async function create(path: string, content: string): Promise<boolean> {
  try {
    // Readable for all: it holds no secret, and another user's start must see whether the holder lives.
    await writeFile(path, content, { flag: 'wx', mode: 0o644 })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/** A lock between its creation and its content is empty for a moment: only an old one without a holder is stale. */
async function isStale(path: string): Promise<boolean> {
  const file = await stat(path).catch(() => undefined)
  const holder = parseHolder(await readLock(path))
  if (holder) return !(await isRunning(holder))
  return isOlderThan(2000, file)
}

/**
 * Of several that find the same dead lock, only the holder of a second lock may judge again and remove it: otherwise
 * the slower one would remove the lock which the faster one has taken by then. False: somebody else is at it.
 */
async function removeStale(path: string): Promise<boolean> {
  const guard = `${path}.removal`
  if (!(await create(guard, ''))) {
    // It is held for a millisecond; an old one is left by a crash at just that moment.
    if (isOlderThan(5000, await stat(guard).catch(() => undefined))) await rm(guard, { force: true })
    return false
  }
  try {
    if (await isStale(path)) await rm(path, { force: true })
  } finally {
    await rm(guard, { force: true })
  }
  return true
}

const isOlderThan = (milliseconds: number, file: Stats | undefined): boolean =>
  file !== undefined && Date.now() - file.mtimeMs > milliseconds

const readLock = (path: string) => readFile(path, 'utf8').catch(() => undefined)

function parseHolder(text: string | undefined): ProcessIdentity | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return isIdentity(value) ? value : undefined
  } catch {
    return undefined
  }
}

const isIdentity = (value: unknown): value is ProcessIdentity =>
  typeof value === 'object' &&
  value !== null &&
  'pid' in value &&
  typeof value.pid === 'number' &&
  'started' in value &&
  typeof value.started === 'string'
