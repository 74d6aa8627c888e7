import { databaseUnreachable } from '../errors.ts'
import { boundQuestions } from './bound-questions.ts'
import { connect, type Database } from './connect.ts'
import { startEmbedded } from './embedded/start-embedded.ts'
import { sqlState } from './in-transaction.ts'
import { migrate } from './migrate.ts'

/** An open database with its engine tables up to date. */
export interface OpenDatabase {
  readonly database: Database
  /** A small pool for better-auth alone. */
  readonly authDatabase: Database
  /** Never behind a pooler of transactions, and without a limit on time: for LISTEN, jobs and publish. */
  readonly direct: Database
  readonly url: string
  close(): Promise<void>
}

/** Opens the given database, or starts the embedded one in the data directory; migrates it. */
export async function openDatabase(options: {
  readonly databaseUrl: string | undefined
  readonly directUrl: string | undefined
  readonly dataDir: string
  /** How long a statement that a request makes may run. */
  readonly statementMs: number
  readonly migrationsFolder: string
  readonly log: (message: string) => void
}): Promise<OpenDatabase> {
  const { databaseUrl, directUrl, dataDir, statementMs, migrationsFolder, log } = options
  if (databaseUrl !== undefined) {
    await migrateOther(databaseUrl, directUrl, migrationsFolder)
    return pools({ url: databaseUrl, directUrl, socket: undefined, statementMs }, async () => undefined)
  }
  const server = await startEmbedded({ dataDir, log })
  try {
    await migrate(server.url, migrationsFolder)
  } catch (error) {
    await server.stop()
    throw error
  }
  return pools({ url: server.url, directUrl: undefined, socket: server.socket, statementMs }, () => server.stop())
}

/** @throws Fault naming the variable when the database cannot be opened */
async function migrateOther(databaseUrl: string, directUrl: string | undefined, folder: string): Promise<void> {
  try {
    await migrate(directUrl ?? databaseUrl, folder)
  } catch (error) {
    if (!isUnreachable(sqlState(error))) throw error
    const name = directUrl === undefined || directUrl === databaseUrl ? 'DATABASE_URL' : 'DATABASE_DIRECT_URL'
    throw databaseUnreachable(name, error instanceof Error ? error.message : String(error))
  }
}

/** Network errors have names instead of an SQLSTATE; of those, four classes say that there is no way in. */
function isUnreachable(code: string | undefined): boolean {
  return code !== undefined && (!/^[0-9A-Z]{5}$/.test(code) || /^(08|28|3D|57P)/.test(code))
}

interface Place {
  readonly url: string
  readonly directUrl: string | undefined
  readonly socket: string | undefined
  readonly statementMs: number
}

function pools({ url, directUrl = url, socket, statementMs }: Place, stopServer: () => Promise<void>): OpenDatabase {
  const isPooled = directUrl !== url
  const database = connect(url, isPooled ? {} : { socket, statementMs })
  if (isPooled) boundQuestions(database, statementMs)
  const direct = connect(directUrl, { max: 4, applicationName: 'heddle-direct', socket })
  const authDatabase = connect(url, { socket, max: 2, applicationName: 'heddle-auth' })
  return {
    database,
    authDatabase,
    direct,
    url,
    close: async () => {
      await Promise.all([database, authDatabase, direct].map((pool) => pool.end({ timeout: 5 })))
      await stopServer()
    },
  }
}
