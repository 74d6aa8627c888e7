import { rm } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import type { Account } from './account.ts'
import { cannotConnect, doubtfulServer } from './embedded-errors.ts'
import { type FoundServer, findServer, postmasterFile } from './find-server.ts'
import type { Cluster } from './make-cluster.ts'
import { type Address, addressOf, openDatabase } from './open-database.ts'
import type { Binaries } from './prepare-binaries.ts'
import { exists } from './process-identity.ts'
import { stopServer } from './stop-server.ts'

/** A server that answers. */
export interface LiveServer {
  pid: number
  address: Address
}

export interface AdoptOptions {
  cluster: Cluster
  binaries: Binaries
  account: Account | undefined
  /** Another living process uses the server: it is not restarted under it. */
  isShared: boolean
  log: (message: string) => void
}

/**
 * The server that already runs on this cluster. Undefined when none does: then nothing stands in the way of a new one,
 * for a pid file left by a dead server is removed and a server that does not let us in is stopped.
 */
export async function adoptServer(options: AdoptOptions): Promise<LiveServer | undefined> {
  const { cluster, log } = options
  const found = await settledServer(cluster.data, log)
  if (found.state === 'none') return undefined
  const { pid } = found.postmaster
  if (found.state === 'left') {
    // PostgreSQL clears a dead process's file by itself, but not one whose pid another program has by now.
    if (!pid || exists(pid)) await rm(postmasterFile(cluster.data), { force: true })
    return undefined
  }
  const address = await addressOf(cluster, found.postmaster)
  const result = await openDatabase(address, cluster.data)
  if (result === 'open') {
    log(`Using the PostgreSQL server that already runs here (process ${pid}).`)
    return { pid, address }
  }
  if (found.state === 'doubtful') throw doubtfulServer(pid, postmasterFile(cluster.data))
  if (options.isShared) throw cannotConnect(result.refused, cluster.passwordFile)
  log(`PostgreSQL already runs here (process ${pid}) but refuses the connection (${result.refused}); restarting it.`)
  await stopServer(cluster.data, options.binaries, options.account)
  return undefined
}

/** Waits while the server is starting, however long its recovery takes, or stopping, for at most a minute. */
async function settledServer(data: string, log: (message: string) => void): Promise<FoundServer> {
  const begun = Date.now()
  let nextWord = begun + 2000
  for (;;) {
    const found = await findServer(data)
    if (found.state === 'none' || found.state === 'left') return found
    const { pid, status } = found.postmaster
    if (status === 'ready' || (status === 'stopping' && Date.now() - begun > 60_000)) return found
    if (Date.now() > nextWord) {
      log(`Waiting for PostgreSQL (process ${pid}), which is ${status || 'starting'}…`)
      nextWord += 10_000
    }
    await delay(50)
  }
}
