import { type Entity, type Field, systemFields } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import type { Grant } from '../access/grant.ts'
import { columnOf, hasColumn } from '../field-types/index.ts'
import type { Statement } from '../storage/statement.ts'
import { insertedFields } from './bind-values.ts'
import { pendingFields } from './pending-fields.ts'
import { columnSql, projectRecord, type Reader, tableOf } from './projection.ts'
import { isSomebody, leadsSomewhere } from './references.ts'
import { statementFor } from './statement-cache.ts'

/** Writes happen only on the release they were validated against. */
export const isLive = sql`(select release from heddle.live) = ${sql.placeholder('release')}::int`

/** The statement that inserts one record and its event, and returns the record's JSON text and version. */
export function insertStatement(reader: Reader, entity: Entity, grant: Grant): Statement {
  return statementFor(reader.release, `insert ${entity.name} ${grant.key}`, () => {
    const fields = insertedFields(entity)
    const owner = sql`${sql.placeholder('owner')}::uuid`
    const names = ['id', 'owner_id', 'department_id', 'created_by', 'updated_by', '_search', '_position']
    const values = [
      sql`${sql.placeholder('id')}::uuid`,
      owner,
      sql`(select department_id from heddle."user" where id = ${owner})`,
      sql`${sql.placeholder('actor')}::uuid`,
      sql`${sql.placeholder('actor')}::uuid`,
      sql`${sql.placeholder('search')}::text::tsvector`,
      sql`${sql.placeholder('position')}::int`,
      ...fields.map(fieldParameter),
    ]
    const columns = [...names, ...fields.map((field) => field.column)].map((name) => sql.identifier(name))
    return sql`with t as (
      insert into ${sql.identifier('app')}.${sql.identifier(entity.table)} (${sql.join(columns, sql`, `)})
      select ${sql.join(values, sql`, `)} where ${sql.join([isLive, isSomebody(owner), ...present(reader, fields), ...isFree(entity, fields)], sql` and `)}
      returning ${returnedColumns(entity)}
    ), e as (${eventSql(sql`select id from t`, 'created')})
    ${returnedRecord(reader, entity, grant)}`
  })
}

/** The statement that updates the given fields of one record at one version, with its event. */
export function updateStatement(
  reader: Reader,
  entity: Entity,
  grant: Grant,
  change: { readonly fields: readonly Field[]; readonly isSearched: boolean; readonly hasOwner: boolean },
): Statement {
  const names = change.fields.map((field) => field.name)
  const shape = `update ${entity.name} ${grant.key} ${names.join()} ${change.isSearched} ${change.hasOwner}`
  return statementFor(reader.release, shape, () => {
    const owner = sql`${sql.placeholder('owner')}::uuid`
    const conditions = [
      isLive,
      ...(change.hasOwner ? [isSomebody(owner)] : []),
      ...present(reader, change.fields),
      ...isFree(entity, change.fields),
    ]
    const assignments = [
      sql`version = version + 1, updated_at = now(), updated_by = ${sql.placeholder('actor')}::uuid`,
      ...change.fields.map((field) => sql`${sql.identifier(field.column)} = ${fieldParameter(field)}`),
      ...(change.isSearched ? [sql`_search = ${sql.placeholder('search')}::text::tsvector`] : []),
      ...(change.hasOwner
        ? [sql`owner_id = ${owner}, department_id = (select department_id from heddle."user" where id = ${owner})`]
        : []),
    ]
    return sql`with t as (
      update ${sql.identifier('app')}.${sql.identifier(entity.table)} set ${sql.join(assignments, sql`, `)}
      where id = ${sql.placeholder('id')}::uuid and version = ${sql.placeholder('version')}::int and deleted_at is null
        and ${sql.join(conditions, sql` and `)}
      returning ${returnedColumns(entity)}
    ), e as (${eventSql(sql`select id from t`, 'updated')})
    ${returnedRecord(reader, entity, grant)}`
  })
}

/** The statement that moves a record to the trash or back, with its event. */
export function trashStatement(reader: Reader, entity: Entity, grant: Grant, kind: 'deleted' | 'restored'): Statement {
  return statementFor(reader.release, `${kind} ${entity.name} ${grant.key}`, () => {
    const state = kind === 'deleted' ? sql`deleted_at = now()` : sql`deleted_at = null`
    const before = kind === 'deleted' ? sql`deleted_at is null` : sql`deleted_at is not null`
    return sql`with t as (
      update ${sql.identifier('app')}.${sql.identifier(entity.table)}
      set ${state}, version = version + 1, updated_at = now(), updated_by = ${sql.placeholder('actor')}::uuid
      where id = ${sql.placeholder('id')}::uuid and version = ${sql.placeholder('version')}::int and ${before}
        and ${sql.join([isLive, ...(kind === 'restored' ? isStillFree(entity) : [])], sql` and `)}
      returning ${returnedColumns(entity)}
    ), e as (${eventSql(sql`select id from t`, kind)})
    ${returnedRecord(reader, entity, grant)}`
  })
}

/** The statement that removes a record for good, and what goes with it by its lookups. */
export function purgeStatement(reader: Reader, entity: Entity): Statement {
  return statementFor(
    reader.release,
    `purge ${entity.name}`,
    () => sql`delete from ${sql.identifier('app')}.${sql.identifier(entity.table)}
      where id = ${sql.placeholder('id')}::uuid and version = ${sql.placeholder('version')}::int and ${isLive}
      returning id::text`,
  )
}

/** The statement that writes the events of purged records of one entity. */
export function purgedStatement(reader: Reader): Statement {
  const records = sql`select unnest(${sql.placeholder('ids')}::uuid[]) as id`
  return statementFor(reader.release, 'purged', () => eventSql(records, 'purged'))
}

function eventSql(records: SQL, kind: string): SQL {
  return sql`insert into heddle.event (entity, record, kind, delta, cause, actor)
    select ${sql.placeholder('entity')}, r.id, ${sql.raw(`'${kind}'`)}, ${sql.placeholder('delta')}::json,
      ${sql.placeholder('cause')}, ${sql.placeholder('actor')}::uuid from (${records}) r`
}

function fieldParameter(field: Field): SQL {
  return sql`${sql.placeholder(`f_${field.name}`)}::${sql.raw(columnOf(field)?.sqlType(field) ?? 'text')}`
}

/** The written lookups lead to records that are there. */
function present(reader: Reader, fields: readonly Field[]): SQL[] {
  return fields.flatMap((field) => leadsSomewhere(reader, field, fieldParameter(field)))
}

/** Values that no index guards yet must be in no other record. */
function isFree(entity: Entity, fields: readonly Field[]): SQL[] {
  return pendingFields(entity, fields).map((field) => isNowhere(entity, field, fieldParameter(field)))
}

function isStillFree(entity: Entity): SQL[] {
  const fields = pendingFields(entity, [...entity.fields.values()])
  return fields.map((field) => isNowhere(entity, field, columnSql(entity.table, field.column)))
}

function isNowhere(entity: Entity, field: Field, value: SQL): SQL {
  return sql`not exists (select 1 from ${tableOf(entity, 'x')} where ${columnSql('x', field.column)} = ${value}
    and x.deleted_at is null and x.id <> ${sql.placeholder('id')}::uuid)`
}

function returnedColumns(entity: Entity): SQL {
  const names = [...systemFields, ...[...entity.fields.values()].filter(hasColumn).map((field) => field.column)]
  return sql.join(
    names.map((name) => sql.identifier(name)),
    sql`, `,
  )
}

function returnedRecord(reader: Reader, entity: Entity, grant: Grant): SQL {
  const { columns, joins } = projectRecord(reader, entity, grant, { alias: 't' })
  return sql`select row_to_json(r)::text, r.version from (select ${columns} from t${joins}) r`
}
