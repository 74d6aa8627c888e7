import { type ChildProcess, spawn } from 'node:child_process'
import { type FileHandle, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type Account, spawnOptions } from './account.ts'
import { cannotStart } from './embedded-errors.ts'
import { findServer, type Postmaster } from './find-server.ts'
import type { Cluster } from './make-cluster.ts'
import type { Binaries } from './prepare-binaries.ts'

export interface LaunchOptions {
  cluster: Cluster
  binaries: Binaries
  account: Account | undefined
  durable: boolean
  /** Taken when it is free, so that whoever was connected before a crash finds the server again. */
  preferredPort: number | undefined
  log: (message: string) => void
}

/** Starts the server on a free loopback port and waits until it is ready, through a recovery if need be. */
export async function launchServer(options: LaunchOptions): Promise<Postmaster> {
  const deadline = Date.now() + 20_000
  let port = options.preferredPort
  for (;;) {
    port = await freePort(port)
    const outcome = await tryLaunch(options, port)
    if ('postmaster' in outcome) return outcome.postmaster
    const isTransient = transientFailures.some((failure) => failure.test(outcome.output))
    if (!isTransient || Date.now() > deadline) throw cannotStart(lastLines(outcome.output), options.cluster.logFile)
    port = undefined
    await delay(200)
  }
}

/** Somebody took the port meanwhile; the children of a killed server have not noticed yet. */
const transientFailures = [/could not bind|Address already in use/, /pre-existing shared memory block/]

type Attempt = { postmaster: Postmaster } | { output: string }

async function tryLaunch(options: LaunchOptions, port: number): Promise<Attempt> {
  const { cluster, account } = options
  await removeSockets(cluster.directory)
  const logFile = await openLog(cluster.logFile, account)
  try {
    const from = (await logFile.stat()).size
    // Its own session: Ctrl+C in the terminal must reach us alone, who still need the database to stop in order.
    const child = spawn(join(options.binaries.directory, 'postgres'), serverArguments(options, port), {
      ...spawnOptions(account),
      detached: true,
      windowsHide: true,
      stdio: ['ignore', logFile.fd, logFile.fd],
    })
    child.unref()
    const failure = failureOf(child)
    const postmaster = await waitUntilReady(options, child, failure)
    return postmaster ? { postmaster } : { output: `${failure.message}${await readFrom(logFile, from)}` }
  } finally {
    await logFile.close()
  }
}

function serverArguments({ cluster, durable }: LaunchOptions, port: number): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: fitsSocket(cluster.directory) ? cluster.directory : '',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  return ['-D', cluster.data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}

/** A socket's path must fit 104 bytes on macOS, 108 on Linux, with the zero that ends it; a comma would split it. */
const fitsSocket = (directory: string): boolean =>
  process.platform !== 'win32' && !/[,"]/.test(directory) && Buffer.byteLength(join(directory, '.s.PGSQL.65535')) < 104

async function waitUntilReady(
  { cluster, log }: LaunchOptions,
  child: ChildProcess,
  failure: { message: string },
): Promise<Postmaster | undefined> {
  let nextWord = Date.now() + 10_000
  while (failure.message === '' && child.exitCode === null && child.signalCode === null) {
    const found = await findServer(cluster.data)
    const postmaster = found.state === 'none' ? undefined : found.postmaster
    if (postmaster?.pid === child.pid && postmaster?.status === 'ready') return postmaster
    if (Date.now() > nextWord) {
      log(`PostgreSQL is still starting, probably recovering after a crash; see ${cluster.logFile}`)
      nextWord += 10_000
    }
    await delay(20)
  }
  return undefined
}

/** A spawn that fails is told by an event; without a listener it would end the process. */
function failureOf(child: ChildProcess): { message: string } {
  const failure = { message: '' }
  child.on('error', (error) => {
    failure.message = error.message
  })
  return failure
}

/** No server runs here now, yet what a killed one left would block the next one on the same port. */
async function removeSockets(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (name.startsWith('.s.PGSQL.')) await rm(join(directory, name), { force: true })
  }
}

async function openLog(path: string, account: Account | undefined): Promise<FileHandle> {
  const size = (await stat(path).catch(() => undefined))?.size ?? 0
  if (size > 10_000_000) await rename(path, `${path}.1`)
  const file = await open(path, 'a+', 0o600)
  if (account) await file.chown(account.uid, account.gid)
  return file
}

async function readFrom(file: FileHandle, position: number): Promise<string> {
  const length = Math.min((await file.stat()).size - position, 100_000)
  const { buffer } = await file.read(Buffer.alloc(length), 0, length, position)
  return buffer.toString()
}

/** The end of the server's log without its time stamps. */
const lastLines = (output: string): string =>
  output
    .trim()
    .split('\n')
    .slice(-5)
    .map((line) => line.replace(/^\S+ \S+ \S+ \[\d+\] /, ''))
    .join(' ')

function freePort(preferred: number | undefined): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', (error) => (preferred ? resolve(freePort(undefined)) : reject(error)))
    server.listen(preferred ?? 0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
