import type { Entity } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'

/** The table of records, aliased. */
export function tableOf(entity: Entity, alias: string): SQL {
  return sql`${sql.identifier('app')}.${sql.identifier(entity.table)} ${sql.identifier(alias)}`
}

/** A column of an aliased table. */
export function columnSql(alias: string, column: string): SQL {
  return sql`${sql.identifier(alias)}.${sql.identifier(column)}`
}
