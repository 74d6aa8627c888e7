import type { Entity, Json, JsonObject } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import { columnOf } from '../field-types/index.ts'
import { runRows, type Statement } from '../storage/statement.ts'
import { uuidv7 } from '../storage/uuid.ts'
import { bindFields, searchTokens, writableFields } from './bind-values.ts'
import { recordFault } from './database-faults.ts'
import { deltaOfNew } from './delta.ts'
import type { Reader } from './projection.ts'
import { statementFor } from './statement-cache.ts'
import type { WriteContext } from './write-record.ts'
import { isLive, referenceExists } from './write-statements.ts'

/** Thrown when not every row went in and only one at a time will tell why. */
export class BulkRefused extends Error {}

/**
 * Inserts validated records of one entity with their events in one statement; their ids, in order. Runs in the
 * caller's transaction, which must be given up when it throws.
 * @throws BulkRefused; Fault 409, 422 that names no row
 */
export async function insertRecords(
  context: WriteContext,
  entity: Entity,
  records: readonly JsonObject[],
): Promise<string[]> {
  const { connection, reader, cause } = context
  const rows = records.map((values) => rowOf(entity, values, reader.actor.kind === 'user' ? reader.actor.id : null))
  try {
    const [answer] = await runRows<{ count: number }>(connection, insertManyStatement(reader, entity), {
      rows: JSON.stringify(rows),
      release: reader.release.number,
      actor: reader.actor.id,
      entity: entity.id,
      cause: cause ?? null,
    })
    if (answer?.count !== rows.length) throw new BulkRefused()
  } catch (error) {
    throw recordFault(error, reader.release, entity)
  }
  return rows.map((row) => row.id)
}

function rowOf(entity: Entity, values: JsonObject, writer: string | null) {
  const fields = writableFields(entity)
  const bound = bindFields(fields, values)
  const row: { [column: string]: unknown } = {}
  for (const [index, field] of fields.entries()) {
    const value = bound[`f_${field.name}`]
    if (value !== null && value !== undefined) row[`f${index}`] = value
  }
  const owner: Json = values.owner_id ?? writer
  return { ...row, id: uuidv7(), owner, search: searchTokens(entity, values), delta: deltaOfNew(entity, values) }
}

function insertManyStatement(reader: Reader, entity: Entity): Statement {
  return statementFor(reader.release, `insert many ${entity.name}`, () => {
    const fields = writableFields(entity).map((field, index) => {
      const type = columnOf(field.type)?.sqlType(field) ?? 'text'
      // Arrays come as JSON arrays; all else as text, which casts to any type.
      return { field, name: sql.identifier(`f${index}`), type, given: type.endsWith('[]') ? type : 'text' }
    })
    const actor = sql`${sql.placeholder('actor')}::uuid`
    const columns = ['id', 'owner_id', 'department_id', 'created_by', 'updated_by', '_search']
    const values = [
      sql`k.id, k.owner, (select department_id from heddle."user" where id = k.owner), ${actor}, ${actor}`,
      sql`array_to_tsvector(k.search)`,
      ...fields.map(({ name, type }) => castTo(name, type)),
    ]
    const conditions = [
      isLive,
      ...fields.flatMap(({ field, name, type }) => referenceExists(reader, field, castTo(name, type))),
    ]
    const given = fields.map(({ name, given }) => sql`, ${name} ${sql.raw(given)}`)
    return sql`with k as (
      select * from json_to_recordset(${sql.placeholder('rows')}::json)
        as k(id uuid, owner uuid, search text[], delta json${sql.join(given)})
    ), t as (
      insert into ${sql.identifier('app')}.${sql.identifier(entity.table)}
        (${sql.join(
          [...columns, ...fields.map(({ field }) => field.column)].map((name) => sql.identifier(name)),
          sql`, `,
        )})
      select ${sql.join(values, sql`, `)} from k where ${sql.join(conditions, sql` and `)} returning 1
    ), e as (
      insert into heddle.event (entity, record, kind, delta, cause, actor)
      select ${sql.placeholder('entity')}, k.id, 'created', k.delta, ${sql.placeholder('cause')}, ${actor} from k
    )
    select count(*)::int as count from t`
  })
}

function castTo(name: ReturnType<typeof sql.identifier>, type: string): SQL {
  return sql`k.${name}::${sql.raw(type)}`
}
