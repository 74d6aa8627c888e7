import { connect, type Database } from './connect.ts'
import { startEmbedded } from './embedded/start-embedded.ts'
import { migrate } from './migrate.ts'

/** An open database with its engine tables up to date. */
export interface OpenDatabase {
  readonly database: Database
  /** A small pool for better-auth alone. */
  readonly authDatabase: Database
  readonly url: string
  close(): Promise<void>
}

/** Opens the given database, or starts the embedded one in the data directory; migrates it. */
export async function openDatabase(options: {
  readonly databaseUrl: string | undefined
  readonly directUrl: string | undefined
  readonly dataDir: string
  readonly migrationsFolder: string
  readonly log: (message: string) => void
}): Promise<OpenDatabase> {
  const { databaseUrl, directUrl, dataDir, migrationsFolder, log } = options
  if (databaseUrl !== undefined) {
    await migrate(directUrl ?? databaseUrl, migrationsFolder)
    return pools(databaseUrl, undefined, async () => undefined)
  }
  const server = await startEmbedded({ dataDir, log })
  try {
    await migrate(server.url, migrationsFolder)
  } catch (error) {
    await server.stop()
    throw error
  }
  return pools(server.url, server.socket, () => server.stop())
}

function pools(url: string, socket: string | undefined, stopServer: () => Promise<void>): OpenDatabase {
  const database = connect(url, { socket })
  const authDatabase = connect(url, { socket, max: 2, applicationName: 'heddle-auth' })
  return {
    database,
    authDatabase,
    url,
    close: async () => {
      await Promise.all([database.end({ timeout: 5 }), authDatabase.end({ timeout: 5 })])
      await stopServer()
    },
  }
}
