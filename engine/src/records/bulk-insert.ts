import { asText, type Entity, type JsonObject } from '@heddle/metadata'
import { sql } from 'drizzle-orm'
import { ownOwner } from '../access/actor.ts'
import { columnOf } from '../field-types/index.ts'
import type { Parameter } from '../storage/connect.ts'
import { runRows, type Statement } from '../storage/statement.ts'
import { uuidv7 } from '../storage/uuid.ts'
import { insertedFields, searchVector } from './bind-values.ts'
import { recordFault } from './database-faults.ts'
import { deltaOfNew } from './delta.ts'
import { holdAround } from './kept/hold-around.ts'
import { numberRecords } from './number-records.ts'
import type { Reader } from './projection.ts'
import { isSomebody, leadsSomewhere } from './references.ts'
import { statementFor } from './statement-cache.ts'
import type { WriteContext } from './write-record.ts'
import { isLive } from './write-statements.ts'

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
  given: readonly JsonObject[],
): Promise<string[]> {
  const { connection, reader, cause } = context
  const records = await numberRecords(context, entity, given)
  const ids = records.map(() => uuidv7())
  await holdAround(context, entity, { values: records })
  const writer = ownOwner(reader.actor)
  try {
    const [answer] = await runRows<{ count: number }>(connection, insertManyStatement(reader, entity), {
      ...columnsOf(entity, records),
      ids: listText(ids),
      owners: listText(records.map((values) => asText(values.owner_id) ?? writer)),
      searches: listText(records.map((values) => searchVector(reader.release, entity, values))),
      deltas: listText(records.map((values) => JSON.stringify(deltaOfNew(entity, values)))),
      release: reader.release.number,
      actor: reader.actor.id,
      entity: entity.id,
      cause: cause ?? null,
    })
    if (answer?.count !== ids.length) throw new BulkRefused()
  } catch (error) {
    throw recordFault(error, reader, entity)
  }
  context.changes.push({ entity, ids, fields: undefined, left: new Map() })
  return ids
}

/** The values of each field as one list of texts, which PostgreSQL reads several times faster than as much JSON. */
function columnsOf(entity: Entity, records: readonly JsonObject[]): Record<string, string> {
  return Object.fromEntries(
    insertedFields(entity).map((field) => {
      const bind = columnOf(field)?.bind
      const texts = records.map((values) => textOf(bind?.(values[field.name] ?? null, field) ?? null))
      return [`f_${field.name}`, listText(texts)]
    }),
  )
}

function textOf(value: Parameter): string | null {
  if (value === null || typeof value === 'string') return value
  return Array.isArray(value) ? listText(value.map(String)) : String(value)
}

/** The text form of an array; the driver would look at every character twice. */
function listText(texts: readonly (string | null)[]): string {
  return `{${texts.map((text) => (text === null ? 'null' : `"${escapeText(text)}"`)).join()}}`
}

function escapeText(text: string): string {
  return text.includes('"') || text.includes('\\') ? text.replace(/["\\]/g, '\\$&') : text
}

function insertManyStatement(reader: Reader, entity: Entity): Statement {
  return statementFor(reader.release, `insert many ${entity.name}`, () => {
    const fields = insertedFields(entity).map((field, index) => {
      const type = sql.raw(columnOf(field)?.sqlType(field) ?? 'text')
      return { field, name: sql.identifier(`f${index}`), value: sql`k.${sql.identifier(`f${index}`)}::${type}` }
    })
    const actor = sql`${sql.placeholder('actor')}::uuid`
    const system = ['id', 'owner_id', 'department_id', 'created_by', 'updated_by', '_search']
    const columns = [...system, ...fields.map(({ field }) => field.column)].map((name) => sql.identifier(name))
    const values = [
      sql`k.id, k.owner, (select department_id from heddle."user" where id = k.owner), ${actor}, ${actor}`,
      sql`k.search::tsvector`,
      ...fields.map(({ value }) => value),
    ]
    const conditions = [
      isLive,
      isSomebody(sql`k.owner`),
      ...fields.flatMap(({ field, value }) => leadsSomewhere(reader, field, value)),
    ]
    const lists = fields.map(({ field }) => sql`, ${sql.placeholder(`f_${field.name}`)}::text[]`)
    return sql`with k as (
      select * from unnest(${sql.placeholder('ids')}::uuid[], ${sql.placeholder('owners')}::uuid[],
        ${sql.placeholder('searches')}::text[], ${sql.placeholder('deltas')}::text[]${sql.join(lists)})
        as k(id, owner, search, delta${sql.join(fields.map(({ name }) => sql`, ${name}`))})
    ), t as (
      insert into ${sql.identifier('app')}.${sql.identifier(entity.table)} (${sql.join(columns, sql`, `)})
      select ${sql.join(values, sql`, `)} from k where ${sql.join(conditions, sql` and `)} returning 1
    ), e as (
      insert into heddle.event (entity, record, kind, delta, cause, actor)
      select ${sql.placeholder('entity')}, k.id, 'created', k.delta::json, ${sql.placeholder('cause')}, ${actor} from k
    )
    select count(*)::int as count from t`
  })
}
