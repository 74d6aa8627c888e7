import { readMigrationFiles } from 'drizzle-orm/migrator'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { passFault } from '../faults.ts'
import type { Connection } from './connect.ts'
import { sqlState } from './in-transaction.ts'

const migrationsSchema = 'heddle_migration'

/** Brings the engine's own tables up to date. Safe to call from several processes at once. */
export async function migrate(url: string, migrationsFolder: string): Promise<void> {
  const single = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    await single`select pg_advisory_lock(hashtext('heddle.migrate'))`
    await runMigrations(drizzle(single), { migrationsFolder, migrationsSchema })
    passFault('start.after-migrate')
    await single`create schema if not exists app`
  } finally {
    await single.end({ timeout: 5 })
  }
}

/** The newest migration that the program knows, as the database remembers it when it has run. */
export function newestMigration(migrationsFolder: string): number {
  return Math.max(...readMigrationFiles({ migrationsFolder }).map(({ folderMillis }) => folderMillis))
}

/** How the engine's tables stand to a program that knows migrations up to `newest`. */
export async function compareMigrations(connection: Connection, newest: number): Promise<'same' | 'older' | 'newer'> {
  const last = await lastMigration(connection)
  return last === newest ? 'same' : last < newest ? 'older' : 'newer'
}

async function lastMigration(connection: Connection): Promise<number> {
  try {
    const [row] = await connection<{ last: string | null }[]>`
      select max(created_at)::text as last from ${connection(migrationsSchema)}.__drizzle_migrations`
    return Number(row?.last ?? 0)
  } catch (error) {
    if (sqlState(error) === '42P01') return 0
    throw error
  }
}
