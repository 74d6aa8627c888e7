import { connect, type Database } from '../storage/connect.ts'
import { readRunningServer } from '../storage/embedded/running-server.ts'
import { openDatabase } from '../storage/open-database.ts'
import type { CommandContext } from './command.ts'

/** Runs `work` on the running server's database, or on one started for this command alone. */
export async function withDatabase<Result>(
  { config, places }: CommandContext,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const running = config.databaseUrl === undefined ? await readRunningServer(config.dataDir) : undefined
  if (running !== undefined) {
    const database = connect(running.url, { max: 4, socket: running.socket })
    try {
      return await work(database)
    } finally {
      await database.end({ timeout: 5 })
    }
  }
  const opened = await openDatabase({
    databaseUrl: config.databaseUrl,
    directUrl: config.directUrl,
    dataDir: config.dataDir,
    statementMs: config.statementMs,
    migrationsFolder: places.migrations,
    log: (message) => console.error(message),
  })
  try {
    return await work(opened.direct)
  } finally {
    await opened.close()
  }
}
