import { asObject, type Entity, systemFields } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import { recordDeleted, staleVersion, unknownRecord } from '../errors.ts'
import { columnOf, hasColumn } from '../field-types/index.ts'
import { linkFields } from '../field-types/link-tables.ts'
import { linkedIds } from '../filters/link-sql.ts'
import { runRows } from '../storage/statement.ts'
import { isUuid } from '../storage/uuid.ts'
import { columnSql, tableOf } from './projection.ts'
import { statementFor } from './statement-cache.ts'
import type { CurrentRecord, WriteContext } from './write-record.ts'

/** All stored values of a record, the system's included, whoever asks, as one JSON text: rules and deltas need them whole. */
export function currentColumns(entity: Entity): SQL {
  const fields = [...entity.fields.values()].filter(hasColumn).map((field) => {
    const plain = columnSql('t', field.column)
    const read = columnOf(field)?.read
    return sql`${read === undefined ? plain : read(plain)} as ${sql.identifier(field.name)}`
  })
  const links = linkFields(entity).map(
    (field) => sql`${linkedIds(entity, field, columnSql('t', 'id'))} as ${sql.identifier(field.name)}`,
  )
  const system = systemFields.map((name) => columnSql('t', name))
  const values = sql.join([...system, ...fields, ...links], sql`, `)
  return sql`(select row_to_json(v)::text from (select ${values}) v)`
}

/** What a write needs to know of the record as it is. */
export interface StoredCurrent extends CurrentRecord {
  readonly isDeleted: boolean
}

/** Reads the record as it is. @throws Fault 404 */
export async function readCurrent(context: WriteContext, entity: Entity, id: string): Promise<StoredCurrent> {
  if (!isUuid(id)) throw unknownRecord()
  const statement = statementFor(
    context.reader.release,
    `current ${entity.name}`,
    () => sql`select t.version, t.deleted_at is not null as deleted, ${currentColumns(entity)} as values
      from ${tableOf(entity, 't')} where t.id = ${sql.placeholder('id')}`,
  )
  const [row] = await runRows<{ version: number; deleted: boolean; values: string }>(context.connection, statement, {
    id,
  })
  if (row === undefined) throw unknownRecord()
  return { id, version: row.version, isDeleted: row.deleted, values: asObject(JSON.parse(row.values)) }
}

/** The version a client read: a number, or `*` to overwrite whatever is there. */
export type ExpectedVersion = number | '*'

/** @throws Fault 412 when the record is not at the expected version any more */
export function requireVersion(current: CurrentRecord, expected: ExpectedVersion): void {
  if (expected !== '*' && current.version !== expected) throw staleVersion(current.version)
}

/** @throws Fault 409 when the record is in the trash */
export function requirePresent(current: StoredCurrent): void {
  if (current.isDeleted) throw recordDeleted()
}
