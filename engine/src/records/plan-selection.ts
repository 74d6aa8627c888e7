import { type Entity, type Field, fieldTypeOf, hasOffset, valueTypeOf } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import { findColumn } from '../access/entity-lookup.ts'
import type { Grant } from '../access/grant.ts'
import type { Reader } from '../access/reader.ts'
import { rowsSql } from '../access/row-access.ts'
import { badParameter } from '../errors.ts'
import { linksOf } from '../filters/link-sql.ts'
import { compileColumn } from '../filters/record-resolver.ts'
import { columnSql } from '../filters/record-tables.ts'
import type { Condition } from '../storage/condition.ts'
import { isUuid } from '../storage/uuid.ts'
import { feelOf, parseFilterValue } from './filter-values.ts'
import { foundBy } from './found-by.ts'
import { type ListRequest, queryWords } from './list-request.ts'
import { placeOf } from './surroundings.ts'
import { planWhere } from './where.ts'

/** Which records a query is about; what a list request says of it. */
export type Selection = Pick<ListRequest, 'where' | 'equals' | 'search' | 'deleted'>

/** The shape of a selection of all records outside the trash. */
export const presentShape = JSON.stringify(['present'])

/** The records that a query is about, as one condition on the alias `t`. @throws Fault 400, 422 */
export function planSelection(reader: Reader, entity: Entity, grant: Grant, selection: Selection): Condition {
  const deleted = columnSql('t', 'deleted_at')
  const isDeleted = selection.deleted === 'only'
  const readable = rowsSql(reader, entity, 'read', 't')
  const conditions: Condition[] = [
    ...(readable === undefined ? [] : [{ shape: 'readable', sql: readable, values: {} }]),
    {
      shape: isDeleted ? 'deleted' : 'present',
      sql: isDeleted ? sql`${deleted} is not null` : sql`${deleted} is null`,
      values: {},
    },
    ...(selection.where === undefined ? [] : [planWhere(reader, entity, grant, selection.where)]),
    ...selection.equals.map((wanted, index) => equalCondition(reader, entity, grant, { ...wanted, index })),
    ...(selection.search === undefined ? [] : [foundBy(entity, grant, selection.search, 't')]),
  ]
  return {
    shape: JSON.stringify(conditions.map(({ shape }) => shape)),
    sql: sql.join(
      conditions.map((condition) => condition.sql),
      sql` and `,
    ),
    values: Object.assign({}, ...conditions.map(({ values }) => values)),
  }
}

function equalCondition(
  reader: Reader,
  entity: Entity,
  grant: Grant,
  { field, value, index }: { readonly field: string; readonly value: string; readonly index: number },
): Condition {
  const column = findColumn(entity, grant, field, { others: queryWords })
  const links =
    column.field !== undefined && fieldTypeOf(column.field.type).source === 'links' ? column.field : undefined
  if (links !== undefined && value !== '') return linkedCondition(entity, links, value, `equals${index}`)
  const parsed = parseFilterValue(column, value)
  const around = placeOf(reader, entity, 't')
  const found = compileColumn(around, column)
  if (parsed === null) return { shape: `${field}?`, sql: sql`${found} is null`, values: {} }
  const place = `equals${index}`
  const isList = column.field !== undefined && valueTypeOf(column.field).feel === 'texts'
  const isLocal = feelOf(column) === 'datetime' && !hasOffset(value)
  const wanted = isLocal
    ? sql`(${sql.placeholder(place)}::text::timestamp at time zone ${around.clock.zone})`
    : sql`${sql.placeholder(place)}`
  return {
    shape: `${field}${isLocal ? ' here' : ''}=`,
    sql: equalSql(found, wanted, isList),
    values: { [place]: parsed },
  }
}

/** A record is found by any of the records it is linked to. */
function linkedCondition(entity: Entity, field: Field, id: string, place: string): Condition {
  if (!isUuid(id)) throw badParameter(field.name, `“${id.slice(0, 60)}” is no id of a record.`)
  return {
    shape: `${field.name}=`,
    sql: sql`exists (select 1 from ${linksOf(entity, field, 'k')}
      where k.source = ${columnSql('t', 'id')} and k.target = ${sql.placeholder(place)}::uuid)`,
    values: { [place]: id },
  }
}

/** A list is equal when it holds the value. */
function equalSql(found: SQL, wanted: SQL, isList: boolean): SQL {
  return isList ? sql`${wanted}::text = any(${found})` : sql`${found} = ${wanted}`
}
