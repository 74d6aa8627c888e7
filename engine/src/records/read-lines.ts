import { asObject, type Entity, type Field, type JsonObject } from '@heddle/metadata'
import { sql } from 'drizzle-orm'
import { runRows } from '../storage/statement.ts'
import { columnSql, tableOf } from './projection.ts'
import { currentColumns } from './read-current.ts'
import { statementFor } from './statement-cache.ts'
import type { WriteContext } from './write-record.ts'

/** A line as it is stored. */
export interface Line {
  readonly id: string
  readonly version: number
  readonly position: number | null
  readonly values: JsonObject
}

/** The lines of a record by id, in their order. */
export async function readLines(
  { connection, reader }: WriteContext,
  child: Entity,
  by: Field,
  parentId: string,
): Promise<Map<string, Line>> {
  const statement = statementFor(
    reader.release,
    `lines ${child.name} ${by.name}`,
    () => sql`select t.id, t.version, t._position as position, ${currentColumns(child)} as values
      from ${tableOf(child, 't')}
      where ${columnSql('t', by.column)} = ${sql.placeholder('parent')} and t.deleted_at is null
      order by t._position, t.id`,
  )
  const rows = await runRows<{ id: string; version: number; position: number | null; values: string }>(
    connection,
    statement,
    { parent: parentId },
  )
  return new Map(rows.map((row) => [row.id, { ...row, values: asObject(JSON.parse(row.values)) }]))
}
