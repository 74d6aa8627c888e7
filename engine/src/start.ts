import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import type { Logger } from 'pino'
import { actorsChannel } from './accounts/actors-channel.ts'
import { createAuth } from './accounts/auth.ts'
import { ensureAdministrator, type FirstSignIn } from './accounts/first-start.ts'
import { createActorResolver } from './accounts/resolve-actor.ts'
import { checkSecretKey, loadSecretKey } from './accounts/secret-key.ts'
import type { Config } from './config.ts'
import type { Services } from './http/environment.ts'
import { followLiveRelease } from './publish/live-release.ts'
import { createServer } from './server/server.ts'
import { openDatabase } from './storage/open-database.ts'

/** Where the product's files are. */
export interface Places {
  readonly migrations: string
  readonly plugins: string
  readonly faces: Services['faces']
}

/** A running product. */
export interface Running {
  readonly url: string
  readonly services: Services
  readonly databaseUrl: string
  readonly firstSignIn: FirstSignIn | undefined
  /** Stops taking requests, finishes those under way, closes the database. */
  stop(): Promise<void>
}

/** Starts the product: database, migrations, live release, HTTP. */
export async function start(config: Config, places: Places, log: Logger): Promise<Running> {
  const opened = await openDatabase({
    databaseUrl: config.databaseUrl,
    directUrl: config.directUrl,
    dataDir: config.dataDir,
    migrationsFolder: places.migrations,
    log: (message) => log.info(message),
  })
  try {
    return await startOn(opened, config, places, log)
  } catch (error) {
    await opened.close()
    throw error
  }
}

async function startOn(
  opened: Awaited<ReturnType<typeof openDatabase>>,
  config: Config,
  places: Places,
  log: Logger,
): Promise<Running> {
  const { database } = opened
  const secret = await loadSecretKey(config.secretKey, config.dataDir)
  await checkSecretKey(database, secret)
  const auth = createAuth(opened.authDatabase, { secret })
  const actors = createActorResolver(database, auth)
  const firstSignIn = await ensureAdministrator(database, { email: config.adminEmail, password: config.adminPassword })
  const live = await followLiveRelease(database, (error) =>
    log.warn({ err: error }, 'The live release could not be read.'),
  )
  const listening = await database.listen(
    actorsChannel,
    () => actors.clear(),
    () => actors.clear(),
  )
  const services: Services = { database, live, auth, actors, log, faces: places.faces }
  const server = serve({ fetch: createServer(services).fetch, hostname: config.host, port: config.port })
  const address = await listeningAddress(server)
  return {
    url: `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${address.port}`,
    services,
    databaseUrl: opened.url,
    firstSignIn,
    stop: async () => {
      await closeServer(server)
      await listening.unlisten()
      await live.stop()
      await opened.close()
    },
  }
}

type Server = ReturnType<typeof serve>

function listeningAddress(server: Server): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.once('listening', () => {
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('The server has no TCP address.'))
      else resolve(address)
    })
  })
}

const graceMs = 10_000

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    if ('closeIdleConnections' in server) server.closeIdleConnections()
    const forced = setTimeout(() => {
      if ('closeAllConnections' in server) server.closeAllConnections()
    }, graceMs)
    forced.unref()
  })
}
