import type { Entity } from '@heddle/metadata'
import { sql } from 'drizzle-orm'
import { findEntity } from '../access/entity-lookup.ts'
import { type Grant, requireVerb } from '../access/grant.ts'
import { andReadable } from '../access/row-access.ts'
import { unknownRecord } from '../errors.ts'
import type { Connection } from '../storage/connect.ts'
import { runRows } from '../storage/statement.ts'
import { isUuid } from '../storage/uuid.ts'
import { columnSql, type Reader, tableOf } from './projection.ts'
import { statementFor } from './statement-cache.ts'
import { surroundingValues } from './surroundings.ts'

/** A record that the reader may see. */
export interface VisibleRecord {
  readonly entity: Entity
  readonly grant: Grant
  readonly id: string
  readonly isDeleted: boolean
}

/** The record, trash included, when the reader may see it. @throws Fault 403, 404 */
export async function requireVisible(
  reader: Reader,
  connection: Connection,
  entityName: string,
  id: string,
): Promise<VisibleRecord> {
  const entity = findEntity(reader, entityName)
  const grant = requireVerb(reader.release, reader.actor, entity, 'read')
  if (!isUuid(id)) throw unknownRecord()
  const statement = statementFor(
    reader.release,
    `visible ${entity.name} ${grant.key}`,
    () => sql`select ${columnSql('t', 'deleted_at')} is not null as deleted from ${tableOf(entity, 't')}
      where ${columnSql('t', 'id')} = ${sql.placeholder('id')}${andReadable(reader, entity, 't')}`,
  )
  const [row] = await runRows<{ deleted: boolean }>(connection, statement, { ...surroundingValues(reader), id })
  if (row === undefined) throw unknownRecord()
  return { entity, grant, id, isDeleted: row.deleted }
}
