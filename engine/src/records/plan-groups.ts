import { checkExpression, type Entity, type FeelType, type TypedExpression } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import { readableScope } from '../access/readable-scope.ts'
import type { Reader } from '../access/reader.ts'
import { andReadable } from '../access/row-access.ts'
import { invalidAggregate } from '../errors.ts'
import { textsLiteral } from '../field-types/sql-text.ts'
import { compileSql } from '../filters/compile-sql.ts'
import { recordResolver } from '../filters/record-resolver.ts'
import { columnSql, tableOf } from '../filters/record-tables.ts'
import type { Grouping } from './aggregate-request.ts'
import { bucketSql } from './buckets.ts'
import { directoryLabel } from './directory-entry.ts'
import { labelSql } from './projection.ts'
import { findRelation, type Relation } from './relations.ts'
import { ownPlaceOf } from './surroundings.ts'

/** What groups are made by: its value for a record, and what people call that value and sort it by. */
export interface PlannedGroup {
  readonly name: string
  readonly value: SQL
  /** The name of a value that is an id. */
  readonly label: ((value: SQL) => SQL) | undefined
  readonly order: (value: SQL) => SQL
}

const single: ReadonlySet<FeelType['kind']> = new Set([
  'text',
  'id',
  'option',
  'number',
  'boolean',
  'date',
  'datetime',
  'time',
])

/** Finds what records are to be put together by. @throws Fault 422 */
export function planGroup(reader: Reader, entity: Entity, { field, bucket }: Grouping, path: string): PlannedGroup {
  const expression = checkPath(reader, entity, field, path)
  const { type } = expression
  if (!single.has(type.kind)) {
    throw unfit(path, `“${field}” holds no single value, so records cannot be put together by it.`)
  }
  const place = ownPlaceOf(reader, entity, 't')
  const value = compileSql(expression, recordResolver(place), place.clock)
  if (bucket === undefined) return { name: field, value, ...namesOf(reader, entity, field, type) }
  if (type.kind !== 'date' && type.kind !== 'datetime')
    throw unfit(path, `“${field}” is no date, so it has no buckets.`)
  const local = type.kind === 'datetime' ? sql`(${value} at time zone ${place.clock.zone})` : value
  return { name: field, value: bucketSql(bucket, local), label: undefined, order: (found) => found }
}

/** The checked path of a field that the reader may read. @throws Fault 422 */
export function checkPath(reader: Reader, entity: Entity, field: string, path: string): TypedExpression {
  const checked = checkExpression(field, readableScope(reader, entity))
  if (!checked.ok) throw invalidAggregate(checked.findings.map(({ code, message }) => ({ path, code, message })))
  const { expression } = checked
  if (expression.node === 'reference' && expression.path[0] !== 'user') return expression
  throw unfit(path, `“${field.slice(0, 60)}” is no field or path to one.`)
}

/** A field that cannot be used so. */
export function unfit(path: string, message: string) {
  return invalidAggregate([{ path, code: 'field.unsuited', message }])
}

/** Ids are called and sorted by what they name, options sorted as they are listed, texts as people sort. */
function namesOf(reader: Reader, entity: Entity, field: string, type: FeelType): Pick<PlannedGroup, 'label' | 'order'> {
  if (type.kind === 'option') {
    const options = sql.raw(textsLiteral(type.options))
    return { label: undefined, order: (value) => sql`array_position(${options}, ${value})` }
  }
  if (type.kind === 'text') return { label: undefined, order: (value) => sql`${value} collate "zh-x-icu"` }
  const label = type.kind === 'id' ? labelOf(reader, relationAt(reader, entity, field.split('.'))) : undefined
  return { label, order: (value) => (label === undefined ? value : sql`${label(value)} collate "zh-x-icu"`) }
}

/** The relation at the end of a path. */
function relationAt(reader: Reader, entity: Entity, [name = '', ...rest]: readonly string[]): Relation | undefined {
  const relation = findRelation(reader, entity, name)
  if (rest.length === 0 || relation === undefined) return relation
  return relation.kind === 'one' ? relationAt(reader, relation.target, rest) : undefined
}

function labelOf(reader: Reader, relation: Relation | undefined): PlannedGroup['label'] {
  if (relation?.kind === 'directory') return (value) => directoryLabel(relation.directory, value)
  if (relation?.kind !== 'one') return undefined
  const { target } = relation
  return (value) =>
    sql`(select ${labelSql(reader, target, 'n')} from ${tableOf(target, 'n')}
      where ${columnSql('n', 'id')} = ${value}${andReadable(reader, target, 'n')})`
}
