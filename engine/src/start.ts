import type { Logger } from 'pino'
import { actorsChannel } from './accounts/actors-channel.ts'
import { createAuth } from './accounts/auth.ts'
import { ensureAdministrator, type FirstSignIn } from './accounts/first-start.ts'
import { createActorResolver } from './accounts/resolve-actor.ts'
import { checkSecretKey, loadSecretKey } from './accounts/secret-key.ts'
import type { Config } from './config.ts'
import { openEventStream } from './events/event-stream.ts'
import { passFault } from './faults.ts'
import { startSweeping } from './files/sweep-files.ts'
import type { Services } from './http/environment.ts'
import { runJobs } from './jobs/run-jobs.ts'
import { type DemoSignIn, ensureDemo } from './plugins/install-demo.ts'
import { followLiveRelease } from './publish/live-release.ts'
import { listen } from './server/listen.ts'
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
  readonly demoSignIn: DemoSignIn | undefined
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
  const auth = createAuth(opened.authDatabase, { secret, isSecure: config.isSecure })
  const actors = createActorResolver(database, auth)
  const firstSignIn = await ensureAdministrator(
    database,
    { email: config.adminEmail, password: config.adminPassword },
    config.dataDir,
  )
  passFault('start.after-admin')
  const live = await followLiveRelease(opened.direct, (error) =>
    log.warn({ err: error }, 'The live release could not be read.'),
  )
  const jobs = await runJobs(opened.direct, live, log)
  const following = await opened.direct.listen(
    actorsChannel,
    () => actors.clear(),
    () => actors.clear(),
  )
  const demoSignIn =
    config.demo === undefined
      ? undefined
      : await ensureDemo(database, live, {
          name: config.demo,
          password: config.demoPassword,
          pluginsFolder: places.plugins,
        })
  const events = await openEventStream(opened, log)
  const services: Services = { database, live, auth, actors, events, log, faces: places.faces }
  const sweeping = startSweeping(database, log)
  const listening = await listen(createServer(services).fetch, config)
  return {
    url: listening.url,
    services,
    databaseUrl: opened.url,
    firstSignIn,
    demoSignIn,
    stop: async () => {
      await events.stop()
      await listening.close()
      await sweeping.stop()
      await following.unlisten()
      await jobs.stop()
      await live.stop()
      await opened.close()
    },
  }
}
