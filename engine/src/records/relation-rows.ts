import { type SQL, sql } from 'drizzle-orm'
import { linksOf } from '../filters/link-sql.ts'
import { columnSql, tableOf } from '../filters/record-tables.ts'
import type { Relation } from './relations.ts'

/** A relation to several records. */
export type RowsRelation = Extract<Relation, { kind: 'lines' | 'many' | 'linked' }>

/** Where those records are: behind FROM, WHERE and ORDER BY. */
export interface RelationRows {
  readonly from: SQL
  readonly where: SQL
  readonly order: SQL
}

/** So many records are shown beside a record, the newest first; lines are part of it and all shown. */
const mostRelated = sql.raw('50')

/** The records at the other end of a relation, under the alias, that are not in the trash. */
export function rowsOf(relation: RowsRelation, alias: string, record: SQL): RelationRows {
  const table = tableOf(relation.target, alias)
  const id = columnSql(alias, 'id')
  const present = sql`${columnSql(alias, 'deleted_at')} is null`
  const newest = sql`${id} desc limit ${mostRelated}`
  if (relation.kind === 'linked') {
    const { links, from } = relation
    const end = from === 'source' ? 'target' : 'source'
    return {
      from: sql`${linksOf(links.entity, links.field, 'k')} join ${table} on ${id} = ${columnSql('k', end)}`,
      where: sql`${columnSql('k', from)} = ${record} and ${present}`,
      order: from === 'source' ? sql`${columnSql('k', 'position')} limit ${mostRelated}` : newest,
    }
  }
  const where = sql`${columnSql(alias, relation.by.column)} = ${record} and ${present}`
  if (relation.kind === 'many') return { from: table, where, order: newest }
  return { from: table, where, order: sql`${columnSql(alias, '_position')}, ${id}` }
}
