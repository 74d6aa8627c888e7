import { drizzle } from 'drizzle-orm/postgres-js'
import type { Database } from './connect.ts'

/** Drizzle on a pool of its own: it changes how the pool reads dates and JSON. */
export function drizzleOn(database: Database) {
  return drizzle(database)
}
