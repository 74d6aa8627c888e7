import { chown, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isRoot } from './account.ts'
import { findServer } from './find-server.ts'
import { isRunning, type ProcessIdentity } from './process-identity.ts'

/** What `<data dir>/postgres.json` says. */
export interface ServerRecord {
  /** Over TCP on loopback, for any PostgreSQL tool; holds the password, hence the file's mode 0600. */
  url: string
  /** Path of the unix socket, the faster way; absent where there is none. */
  socket?: string | undefined
  pid: number
  /** The cluster's data folder. */
  directory: string
  /** The data directory this belongs to: a copied checkout must not take over the original's server. */
  dataDir: string
  /** The processes that use the server. */
  users: ServerUser[]
}

export interface ServerUser extends ProcessIdentity {
  token: string
}

/** How to reach the server that runs for this data directory; undefined when none does. */
export async function readRunningServer(
  dataDir: string,
): Promise<{ url: string; socket?: string | undefined } | undefined> {
  const directory = await realpath(dataDir).catch(() => undefined)
  const record = directory && (await readRecord(directory))
  if (!record) return undefined
  const found = await findServer(record.directory)
  const isThere = found.state === 'running' || found.state === 'doubtful'
  if (!isThere || found.postmaster.pid !== record.pid || found.postmaster.status !== 'ready') return undefined
  return { url: record.url, socket: record.socket }
}

/** The record of this data directory (a real path); undefined when there is none or it was copied from elsewhere. */
export async function readRecord(dataDir: string): Promise<ServerRecord | undefined> {
  const text = await readFile(recordFile(dataDir), 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  const record = parseRecord(text)
  return record?.dataDir === dataDir ? record : undefined
}

/** Replaces the record in one step, readable for its owner alone. */
export async function writeRecord(record: ServerRecord): Promise<void> {
  const path = recordFile(record.dataDir)
  const next = `${path}.${process.pid}`
  await rm(next, { force: true })
  await writeFile(next, `${JSON.stringify(record, undefined, 2)}\n`, { mode: 0o600, flag: 'wx' })
  if (isRoot()) {
    // After a `sudo` start the folder's owner must still be able to read it.
    const { uid, gid } = await stat(record.dataDir)
    await chown(next, uid, gid)
  }
  await rename(next, path)
}

export const removeRecord = (dataDir: string): Promise<void> => rm(recordFile(dataDir), { force: true })

/** Those users of a record whose processes still run. */
export async function livingUsers(record: ServerRecord | undefined): Promise<ServerUser[]> {
  const users = record?.users ?? []
  const alive = await Promise.all(users.map(isRunning))
  return users.filter((_, index) => alive[index])
}

const recordFile = (dataDir: string) => join(dataDir, 'postgres.json')

function parseRecord(text: string): ServerRecord | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

const isRecord = (value: unknown): value is ServerRecord =>
  typeof value === 'object' &&
  value !== null &&
  'url' in value &&
  typeof value.url === 'string' &&
  'directory' in value &&
  typeof value.directory === 'string' &&
  'dataDir' in value &&
  'users' in value &&
  Array.isArray(value.users)
