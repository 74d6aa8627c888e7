import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { passFault } from '../faults.ts'

/** Brings the engine's own tables up to date. Safe to call from several processes at once. */
export async function migrate(url: string, migrationsFolder: string): Promise<void> {
  const single = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    await single`select pg_advisory_lock(hashtext('heddle.migrate'))`
    await runMigrations(drizzle(single), { migrationsFolder, migrationsSchema: 'heddle_migration' })
    passFault('start.after-migrate')
    await single`create schema if not exists app`
  } finally {
    await single.end({ timeout: 5 })
  }
}
