import { createHash } from 'node:crypto'
import { chmod, chown, mkdir, mkdtemp, realpath, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type Account, accountOf, isRoot, run, unprivilegedAccount } from './account.ts'
import { cannotEnter, noPlace, notWritable, ownedByAnother, ownedByRoot } from './embedded-errors.ts'

/** Where the cluster lives (`<directory>/postgres`) and who runs it; no account means this process's own user. */
export interface Place {
  directory: string
  account: Account | undefined
}

/** Makes the data directory when it is missing and returns its real path. */
export async function openDataDirectory(dataDir: string): Promise<string> {
  try {
    // Root's folder stays closed to others but for passing through, which PostgreSQL's unprivileged account must.
    await makeDirectory(dataDir, isRoot() ? 0o711 : 0o700)
    const directory = await realpath(dataDir)
    await rm(await mkdtemp(join(directory, '.probe-')), { recursive: true })
    return directory
  } catch (error) {
    throw notWritable(dataDir, error instanceof Error ? error.message : String(error))
  }
}

/**
 * The data directory, unless we are root and the unprivileged account cannot work there: then a folder below
 * `fallbackDir` named after the data directory's path. A cluster that exists in either is never left for a new one.
 */
export async function choosePlace(dataDir: string, fallbackDir: string): Promise<Place> {
  if (!isRoot()) return { directory: await ownPlace(dataDir), account: undefined }
  const account = await unprivilegedAccount()
  const candidates = [dataDir, join(fallbackDir, fallbackName(dataDir))]
  for (const directory of candidates) {
    const place = await existingPlace(directory, account)
    if (place) return place
  }
  for (const directory of candidates) {
    if (await canWorkIn(directory, account)) return { directory: await realpath(directory), account }
  }
  throw noPlace(account, candidates)
}

async function ownPlace(dataDir: string): Promise<string> {
  const cluster = join(dataDir, 'postgres')
  const owner = (await stat(cluster).catch(() => undefined))?.uid
  const uid = process.getuid?.()
  if (owner !== undefined && uid !== undefined && owner !== uid) throw ownedByAnother(cluster, owner, uid)
  return dataDir
}

/** A cluster runs as the one who owns it, so that `sudo` keeps serving what an ordinary user made. */
async function existingPlace(directory: string, unprivileged: Account): Promise<Place | undefined> {
  const cluster = join(directory, 'postgres')
  const owner = await stat(cluster).catch(() => undefined)
  if (!owner) return undefined
  if (owner.uid === 0) throw ownedByRoot(cluster, unprivileged)
  const account = await accountOf(owner.uid, owner.gid)
  if (!(await canEnter(cluster, account))) throw cannotEnter(cluster, account)
  return { directory: await realpath(directory), account }
}

/** Tried rather than read from mode bits: ACLs, mounts and user namespaces decide as well. */
async function canWorkIn(directory: string, account: Account): Promise<boolean> {
  try {
    await makeDirectory(directory, 0o711)
    const probe = await mkdtemp(join(directory, '.probe-'))
    try {
      await chown(probe, account.uid, account.gid)
      return await canEnter(probe, account)
    } finally {
      await rm(probe, { recursive: true, force: true })
    }
  } catch {
    return false
  }
}

async function canEnter(directory: string, account: Account): Promise<boolean> {
  const script = 'cd "$1" && : > .probe && rm .probe'
  return (await run('/bin/sh', ['-c', script, 'sh', directory], account)).code === 0
}

async function makeDirectory(directory: string, mode: number): Promise<void> {
  const made = await mkdir(directory, { recursive: true, mode })
  // The umask may have taken the permission to pass through away.
  for (let path = directory; made && path.length >= made.length; path = dirname(path)) await chmod(path, mode)
}

function fallbackName(dataDir: string): string {
  const name = basename(dirname(dataDir)).replace(/[^\w.-]/g, '_')
  return `${name}-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`
}
