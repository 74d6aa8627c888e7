import { randomBytes } from 'node:crypto'
import { chown, mkdtemp, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from './account.ts'
import type { Place } from './choose-place.ts'
import { cannotCreate, notACluster, otherMajorVersion } from './embedded-errors.ts'
import type { Binaries } from './prepare-binaries.ts'

/** A PostgreSQL cluster on disk. All paths are absolute and real. */
export interface Cluster {
  /** The folder that holds all the rest, closed to other users; the unix socket lives in it too. */
  directory: string
  data: string
  passwordFile: string
  logFile: string
}

/** The database's owner; the password is random and kept in the cluster's password file. */
export const superuser = 'heddle'

export const clusterIn = (place: Place): Cluster => {
  const directory = join(place.directory, 'postgres')
  return {
    directory,
    data: join(directory, 'data'),
    passwordFile: join(directory, 'password'),
    logFile: join(directory, 'server.log'),
  }
}

export interface MakeOptions {
  place: Place
  binaries: Binaries
  dataDir: string
  durable: boolean
}

/**
 * Makes the cluster when there is none; refuses one of another major version. It is made under another name and
 * renamed when whole, so one that a crash left half-made is never taken for a database.
 */
export async function ensureCluster(options: MakeOptions): Promise<{ made: boolean }> {
  const cluster = clusterIn(options.place)
  await removeHalfMade(options.place.directory)
  if (!(await stat(cluster.directory).catch(() => undefined))) {
    await makeCluster(cluster, options)
    return { made: true }
  }
  const version = await readFile(join(cluster.data, 'PG_VERSION'), 'utf8').catch(() => undefined)
  if (version === undefined) throw notACluster(cluster.data)
  const stored = Number.parseInt(version, 10)
  if (stored !== options.binaries.major) {
    throw otherMajorVersion({ stored, binaries: options.binaries.major }, cluster.directory, options.dataDir)
  }
  return { made: false }
}

const halfMade = 'postgres.new-'

async function removeHalfMade(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    // An initdb that outlived its killed parent may still write for a moment.
    if (name.startsWith(halfMade)) await rm(join(directory, name), { recursive: true, force: true, maxRetries: 10 })
  }
}

async function makeCluster(cluster: Cluster, { place, binaries, durable }: MakeOptions): Promise<void> {
  const directory = await mkdtemp(join(place.directory, halfMade))
  const passwordFile = join(directory, 'password')
  await writePassword(passwordFile)
  if (place.account) {
    for (const path of [directory, passwordFile]) await chown(path, place.account.uid, place.account.gid)
  }
  const args = [
    ...['-D', join(directory, 'data'), '-U', superuser, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
    ...['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--no-instructions'],
    ...Object.entries(initialSettings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ...(durable ? [] : ['--no-sync']),
  ]
  const { code, output } = await run(join(binaries.directory, 'initdb'), args, place.account)
  if (code !== 0) {
    await rm(directory, { recursive: true, force: true })
    throw cannotCreate(output.slice(-500))
  }
  await rename(directory, cluster.directory)
}

/** Synced to disk: a cluster whose password a power cut took is a cluster nobody can open. */
async function writePassword(path: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  await file.writeFile(`${randomBytes(24).toString('base64url')}\n`)
  await file.sync()
  await file.close()
}

/** Written to postgresql.conf when the cluster is made, where an administrator may change them. */
const initialSettings = {
  max_connections: 100,
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '8MB',
  maintenance_work_mem: '128MB',
  random_page_cost: 1.1,
  jit: 'off',
  min_wal_size: '128MB',
  max_wal_size: '2GB',
  wal_compression: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  // The text of a failed statement may hold what people typed.
  log_min_error_statement: 'panic',
}
