import type { Release } from '@heddle/metadata'
import type { Connection } from '../storage/connect.ts'
import { touchedKept } from './changed-kept.ts'

/** From this many rows on a table is neither rewritten nor locked for a scan while requests wait. */
export const bigTableRows = 50_000

/** How many rows the tables of entities that change have; big ones are counted only roughly. */
export interface TableSizes {
  readonly rows: (table: string) => number
  readonly isBig: (table: string) => boolean
}

/** Counts the tables of the entities that are not the same in both releases, or whose kept fields read such. */
export async function countTables(connection: Connection, live: Release, next: Release): Promise<TableSizes> {
  const names = live.entityNames.filter((name) => next.entity(name) !== live.entity(name))
  const changed = new Set(names.flatMap((name) => live.entity(name) ?? []))
  // Those of the live release, which are known already: new ones stand in entities that change.
  for (const { entity } of touchedKept(next, live)) changed.add(entity)
  const hidden = next.entityNames.flatMap((name) => {
    const entity = next.entity(name)
    return entity !== undefined && live.entityById(entity.id) === undefined ? [entity] : []
  })
  const counts = new Map<string, number>()
  for (const { id, table } of [...changed, ...hidden]) {
    if (live.storage.entities[id] !== undefined && !counts.has(table))
      counts.set(table, await countRows(connection, table))
  }
  const rows = (table: string) => counts.get(table) ?? 0
  return { rows, isBig: (table) => rows(table) >= bigTableRows }
}

/** Whether a table has so many rows that slow work on it is a job. */
export async function isBigTable(connection: Connection, table: string): Promise<boolean> {
  return (await countRows(connection, table)) >= bigTableRows
}

/** Exact below the limit; above it the planner's estimate when that is larger. */
async function countRows(connection: Connection, table: string): Promise<number> {
  const [row] = await connection<{ rows: number; estimate: number }[]>`
    select (select count(*) from (select 1 from app.${connection(table)} limit ${bigTableRows}) few)::int as rows,
      (select reltuples::bigint from pg_class where oid = ${`app."${table}"`}::regclass)::int as estimate`
  if (row === undefined) return 0
  return row.rows < bigTableRows ? row.rows : Math.max(row.rows, row.estimate)
}
