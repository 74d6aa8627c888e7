import { randomUUID } from 'node:crypto'
import { join, resolve } from 'node:path'
import { passFault } from '../../faults.ts'
import { adoptServer, type LiveServer } from './adopt-server.ts'
import { choosePlace, openDataDirectory, type Place } from './choose-place.ts'
import { cannotConnect } from './embedded-errors.ts'
import { launchServer } from './launch-server.ts'
import { type Cluster, clusterIn, ensureCluster } from './make-cluster.ts'
import { addressOf, openDatabase } from './open-database.ts'
import { type Binaries, installedPackage, prepareBinaries } from './prepare-binaries.ts'
import { exists, ownIdentity } from './process-identity.ts'
import { livingUsers, readRecord, removeRecord, type ServerUser, writeRecord } from './running-server.ts'
import { withLock } from './start-lock.ts'
import { stopServer } from './stop-server.ts'

export interface EmbeddedOptions {
  /** The product's data directory, such as ".heddle"; made when it is missing. */
  dataDir: string
  /** Takes sentences for the terminal: where the data is, what was adopted, that the server died. */
  log: (message: string) => void
  /** Default true. Tests that can lose their data say false: no fsync, several times faster writes. */
  durable?: boolean
  /** Root's place for data when PostgreSQL's account cannot enter the data directory. Default "/var/lib/heddle". */
  fallbackDir?: string
  /** Folder of the npm package with the binaries. Default: the installed one for this platform. */
  packageDir?: string
}

export interface EmbeddedServer {
  /** TCP on loopback, password included. */
  url: string
  /** Path of the unix socket, half as fast again: `postgres(url, { path: socket })`. Undefined: only TCP. */
  socket: string | undefined
  /** Where the cluster really is. */
  directory: string
  /** Whether the server ran before: left by a killed process, or shared with one that lives. */
  adopted: boolean
  /** Leaves the server; it is stopped (fast, waited for) unless another living process still uses it. */
  stop(): Promise<void>
}

/**
 * Starts PostgreSQL on the data directory, or adopts the one that already runs there, and returns when the database
 * answers. Throws an EmbeddedError that says what to do when it cannot.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const dataDir = await openDataDirectory(resolve(options.dataDir))
  const settings: Settings = {
    durable: options.durable ?? true,
    fallbackDir: options.fallbackDir ?? '/var/lib/heddle',
    packageDir: options.packageDir ?? installedPackage(),
    log: options.log,
    dataDir,
  }
  return withLock(lockFile(dataDir), options.log, () => start(settings))
}

type Settings = Required<EmbeddedOptions>

interface Context extends Settings {
  place: Place
  cluster: Cluster
  binaries: Binaries
}

const lockFile = (dataDir: string) => join(dataDir, 'postgres.lock')

async function start(settings: Settings): Promise<EmbeddedServer> {
  const context = await prepare(settings)
  const { cluster, dataDir, log } = context
  const previous = await readRecord(dataDir)
  const others = await livingUsers(previous)
  const adopted = await adoptServer({ ...context, account: context.place.account, isShared: others.length > 0 })
  const server = adopted ?? (await launch(context, previous && Number(new URL(previous.url).port)))
  const user: ServerUser = { ...(await ownIdentity()), token: randomUUID() }
  const { url, socket } = server.address
  await writeRecord({ url, socket, pid: server.pid, directory: cluster.data, dataDir, users: [...others, user] })
  const watch = watchServer(server.pid, () =>
    log(
      `PostgreSQL (process ${server.pid}) has ended unexpectedly. Start again to recover; its log is ${cluster.logFile}`,
    ),
  )
  let left: Promise<void> | undefined
  const stop = () => {
    clearInterval(watch)
    left ??= withLock(lockFile(dataDir), log, () => leave(context, user))
    return left
  }
  return { url, socket, directory: cluster.data, adopted: adopted !== undefined, stop }
}

async function prepare(settings: Settings): Promise<Context> {
  const { dataDir, log } = settings
  const place = await choosePlace(dataDir, settings.fallbackDir)
  const cluster = clusterIn(place)
  if (place.account) {
    const why = place.directory === dataDir ? '' : ` in ${place.directory}, as it cannot work in ${dataDir}`
    log(`PostgreSQL refuses to run as root: it runs as “${place.account.name}”${why}.`)
  }
  const binaries = await prepareBinaries(settings.packageDir, place)
  const { made } = await ensureCluster({ ...settings, place, binaries })
  if (made) passFault('start.after-initdb')
  if (made) log(`Created a PostgreSQL ${binaries.version} database in ${cluster.directory}.`)
  return { ...settings, place, cluster, binaries }
}

async function launch(context: Context, preferredPort: number | undefined): Promise<LiveServer> {
  const { cluster, binaries, place } = context
  const { account } = place
  const postmaster = await launchServer({ ...context, account, preferredPort })
  try {
    const address = await addressOf(cluster, postmaster)
    const result = await openDatabase(address, cluster.data)
    if (result === 'open') return { pid: postmaster.pid, address }
    throw cannotConnect(result.refused, cluster.passwordFile)
  } catch (error) {
    await stopServer(cluster.data, binaries, account)
    throw error
  }
}

async function leave({ dataDir, cluster, binaries, place }: Context, user: ServerUser): Promise<void> {
  const record = await readRecord(dataDir)
  const users = (await livingUsers(record)).filter(({ token }) => token !== user.token)
  if (record && users.length > 0) return writeRecord({ ...record, users })
  await stopServer(cluster.data, binaries, place.account)
  await removeRecord(dataDir)
}

/** Polled, because an adopted server is no child of ours whose end would be told. */
function watchServer(pid: number, onEnd: () => void): NodeJS.Timeout {
  const timer = setInterval(() => {
    if (exists(pid)) return
    clearInterval(timer)
    onEnd()
  }, 1000)
  return timer.unref()
}
