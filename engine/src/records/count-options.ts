import { type Entity, type Field, valueTypeOf } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import { hasColumn } from '../field-types/index.ts'
import { columnSql, tableOf } from '../filters/record-tables.ts'
import type { AggregateRequest } from './aggregate-request.ts'
import { presentShape } from './plan-selection.ts'

/**
 * The field that records are only counted by, when it holds options and an index begins with it: few values, each of
 * which the index finds at once.
 */
export function countedOption(entity: Entity, request: AggregateRequest, selectionShape: string): Field | undefined {
  const [grouping, ...otherGroups] = request.groupBy
  const [measure, ...otherMeasures] = request.measures
  if (grouping === undefined || measure?.kind !== 'count' || otherGroups.length + otherMeasures.length > 0)
    return undefined
  if (selectionShape !== presentShape) return undefined
  const field = entity.fields.get(grouping.field)
  const isOption = field !== undefined && hasColumn(field) && valueTypeOf(field).feel === 'option'
  return isOption && entity.indexes.some(({ fields }) => fields[0] === field.name) ? field : undefined
}

/**
 * Counts the records outside the trash by the field, as `g0` and `m0`: from one value to the next along the index, and
 * the records of each (https://wiki.postgresql.org/wiki/Loose_indexscan). To compare every record's value with the one
 * before costs a sixth more.
 */
export function optionCountsSql(entity: Entity, field: Field): SQL {
  const value = columnSql('t', field.column)
  const present = sql`from ${tableOf(entity, 't')} where ${columnSql('t', 'deleted_at')} is null`
  return sql`with recursive k as (
      (select ${value} as v ${present} order by ${value} limit 1)
      union all
      select (select ${value} ${present} and ${value} > k.v order by ${value} limit 1) from k where k.v is not null
    )
    select k.v as g0, (select count(*) ${present} and ${value} = k.v) as m0 from k where k.v is not null
    union all
    select null, count(*) ${present} and ${value} is null having count(*) > 0`
}
