import type { Logger } from 'pino'
import { actorsChannel } from './accounts/actors-channel.ts'
import { createAuth } from './accounts/auth.ts'
import { ensureAdministrator, type FirstSignIn } from './accounts/first-start.ts'
import { createActorResolver } from './accounts/resolve-actor.ts'
import { checkSecretKey, loadSecretKey } from './accounts/secret-key.ts'
import type { Config } from './config.ts'
import { openEventStream } from './events/event-stream.ts'
import { passFault } from './faults.ts'
import type { Services } from './http/environment.ts'
import { runJobs } from './jobs/run-jobs.ts'
import { startSweeping } from './jobs/start-sweeping.ts'
import { type DemoSignIn, ensureDemo } from './plugins/install-demo.ts'
import { followLiveRelease } from './publish/live-release.ts'
import { listen } from './server/listen.ts'
import { createServer } from './server/server.ts'
import { type Stop, stopAll } from './stop-all.ts'
import { newestMigration } from './storage/migrate.ts'
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
    statementMs: config.statementMs,
    migrationsFolder: places.migrations,
    log: (message) => log.info(message),
  })
  const stops: Stop[] = [() => opened.close()]
  try {
    return await startOn(opened, config, places, { log, stops })
  } catch (error) {
    await stopAll(stops).catch((err: unknown) => log.warn({ err }, 'Not everything could be stopped.'))
    throw error
  }
}

async function startOn(
  opened: Awaited<ReturnType<typeof openDatabase>>,
  config: Config,
  places: Places,
  { log, stops }: { readonly log: Logger; readonly stops: Stop[] },
): Promise<Running> {
  const { database } = opened
  const secret = await loadSecretKey(database, config.secretKey, config.dataDir)
  await checkSecretKey(database, secret)
  const auth = createAuth(opened.authDatabase, { secret, isSecure: config.isSecure })
  const actors = createActorResolver(database, auth)
  const firstSignIn = await ensureAdministrator(
    database,
    { email: config.adminEmail, password: config.adminPassword },
    config.dataDir,
  )
  passFault('start.after-admin')
  const live = await followLiveRelease(opened, (error) =>
    log.warn({ err: error }, 'The live release could not be read.'),
  )
  stops.push(() => live.stop())
  const jobs = await runJobs(opened.direct, live, log)
  stops.push(() => jobs.stop())
  const following = await opened.direct.listen(
    actorsChannel,
    () => actors.clear(),
    () => actors.clear(),
  )
  stops.push(() => following.unlisten())
  const demoSignIn =
    config.demo === undefined
      ? undefined
      : await ensureDemo(opened, live, {
          name: config.demo,
          password: config.demoPassword,
          pluginsFolder: places.plugins,
          dataDir: config.dataDir,
        })
  const events = await openEventStream(opened, log)
  stops.push(() => events.stop())
  const services: Services = {
    database,
    direct: opened.direct,
    live,
    auth,
    actors,
    events,
    log,
    trustedProxy: config.trustedProxy,
    newestMigration: newestMigration(places.migrations),
    faces: places.faces,
  }
  const sweeping = startSweeping(opened.direct, log)
  stops.push(() => sweeping.stop())
  const listening = await listen(createServer(services).fetch, config)
  // Streams of events never end by themselves, and closing waits for every answer.
  stops.push(
    () => listening.close(),
    () => events.stop(),
  )
  return {
    url: listening.url,
    services,
    databaseUrl: opened.url,
    firstSignIn,
    demoSignIn,
    stop: () => stopAll(stops),
  }
}
