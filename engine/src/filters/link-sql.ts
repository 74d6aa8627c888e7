import type { Entity, Field } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import { linkTableOf } from '../field-types/link-tables.ts'

/** A field's links, aliased. */
export function linksOf(entity: Entity, field: Field, alias: string): SQL {
  return sql`${sql.identifier('app')}.${sql.identifier(linkTableOf(entity, field))} as ${sql.identifier(alias)}`
}

/** The ids that a record is linked to, in their order, as a JSON array; null when there are none. */
export function linkedIds(entity: Entity, field: Field, id: SQL): SQL {
  return sql`(select json_agg(k.target order by k.position) from ${linksOf(entity, field, 'k')} where k.source = ${id})`
}
