import { type Entity, type FeelType, inexactScale, nearest } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import { findEntity } from '../access/entity-lookup.ts'
import { requireVerb } from '../access/grant.ts'
import type { Reader } from '../access/reader.ts'
import { invalidAggregate } from '../errors.ts'
import { compileSql } from '../filters/compile-sql.ts'
import { recordResolver } from '../filters/record-resolver.ts'
import { columnSql, tableOf } from '../filters/record-tables.ts'
import { boundSize } from '../storage/bound-size.ts'
import type { Connection } from '../storage/connect.ts'
import { runRaw, type Statement } from '../storage/statement.ts'
import { type AggregateRequest, type Measure, type MeasureKind, measureKinds } from './aggregate-request.ts'
import { askDatabase } from './ask-database.ts'
import { countedOption, optionCountsSql } from './count-options.ts'
import { type Entry, jsonObject } from './json-object.ts'
import { checkPath, type PlannedGroup, planGroup, unfit } from './plan-groups.ts'
import { planSelection } from './plan-selection.ts'
import { renderItems } from './render-items.ts'
import { statementFor } from './statement-cache.ts'
import { ownPlaceOf, surroundingValues } from './surroundings.ts'

/** Numbers about groups of records as one statement with its values. */
export interface PlannedAggregate {
  readonly statement: Statement
  readonly values: Readonly<Record<string, unknown>>
  readonly limit: number
}

/** Decides what an aggregate means for this reader. @throws Fault 403, 404, 422 */
export function planAggregate(reader: Reader, entityName: string, request: AggregateRequest): PlannedAggregate {
  const { release } = reader
  const entity = findEntity(reader, entityName)
  const grant = requireVerb(release, reader.actor, entity, 'read')
  const selection = planSelection(reader, entity, grant, { ...request, equals: [] })
  const groups = request.groupBy.map((grouping, index) => planGroup(reader, entity, grouping, `/groupBy/${index}`))
  const twice = groups.findIndex(({ name }, index) => groups.findIndex((other) => other.name === name) < index)
  if (twice >= 0) throw unfit(`/groupBy/${twice}`, `“${groups[twice]?.name}” stands here twice.`)
  const measures = request.measures.map((measure, index) => planMeasure(reader, entity, measure, `/measures/${index}`))
  const order = planOrder(request, groups, measures)
  const shape = JSON.stringify([entity.name, grant.key, selection.shape, { ...request, where: null, search: null }])
  const statement = statementFor(release, `aggregate ${shape}`, () => {
    const option = countedOption(entity, request, selection.shape)
    const source = option ? optionCountsSql(entity, option) : groupedSql(entity, selection.sql, groups, measures)
    const answer = answerSql(groups, measures)
    return boundSize(
      sql`select ${answer}::text from (${source}) a ${order} limit ${sql.raw(String(request.limit + 1))}`,
    )
  })
  return { statement, values: { ...surroundingValues(reader), ...selection.values }, limit: request.limit }
}

/** Runs a planned aggregate and renders the response body. */
export async function runAggregate(connection: Connection, plan: PlannedAggregate): Promise<Buffer> {
  const rows = await askDatabase(connection, (bound) => runRaw(bound, plan.statement, plan.values))
  const items = rows.slice(0, plan.limit).map((row) => row[0] ?? Buffer.alloc(0))
  return renderItems(items, rows.length > plan.limit ? { truncated: true } : {})
}

interface PlannedMeasure extends Measure {
  readonly value: SQL
}

const numbers: readonly FeelType['kind'][] = ['number']
const ordered: readonly FeelType['kind'][] = ['number', 'date', 'datetime', 'time']

/** What each measure works with, and how. Numbers come from numeric; a mean is rounded like a division. */
const aggregates: { readonly [K in MeasureKind]: { kinds: typeof numbers; value: (found: SQL) => SQL } } = {
  count: { kinds: [], value: () => sql`count(*)` },
  sum: { kinds: numbers, value: (found) => sql`sum(${found}::numeric)` },
  avg: {
    kinds: numbers,
    value: (found) => sql`trim_scale(round(avg(${found}::numeric), ${sql.raw(String(inexactScale))}))`,
  },
  min: { kinds: ordered, value: (found) => sql`min(${found})` },
  max: { kinds: ordered, value: (found) => sql`max(${found})` },
}

function planMeasure(reader: Reader, entity: Entity, measure: Measure, path: string): PlannedMeasure {
  const { kinds, value } = aggregates[measure.kind]
  if (measure.field === '') return { ...measure, value: value(sql``) }
  const expression = checkPath(reader, entity, measure.field, path)
  if (!kinds.includes(expression.type.kind)) throw unfit(path, `“${measure.field}” has no ${measure.kind}.`)
  const place = ownPlaceOf(reader, entity, 't')
  return { ...measure, value: value(compileSql(expression, recordResolver(place), place.clock)) }
}

/** Columns of the grouped records: `g0…` for what they are put together by, `m0…` for the measures. */
function groupedSql(
  entity: Entity,
  where: SQL,
  groups: readonly PlannedGroup[],
  measures: readonly PlannedMeasure[],
): SQL {
  const columns = [
    ...groups.map(({ value }, index) => sql`${value} as ${sql.identifier(`g${index}`)}`),
    ...measures.map(({ value }, index) => sql`${value} as ${sql.identifier(`m${index}`)}`),
  ]
  const positions = groups.map((_, index) => sql.raw(String(index + 1)))
  const grouping = groups.length === 0 ? sql`` : sql` group by ${sql.join(positions, sql`, `)}`
  return sql`select ${sql.join(columns, sql`, `)} from ${tableOf(entity, 't')} where ${where}${grouping}`
}

function answerSql(groups: readonly PlannedGroup[], measures: readonly PlannedMeasure[]): SQL {
  const group = groups.map(({ name }, index) => ({ name, value: columnSql('a', `g${index}`) }))
  const named = groups.flatMap(({ name, label }, index): Entry[] => {
    const id = columnSql('a', `g${index}`)
    if (label === undefined) return []
    const entry = jsonObject([
      { name: 'id', value: id },
      { name: 'label', value: label(id) },
    ])
    return [{ name, value: sql`case when ${id} is not null then ${entry} end` }]
  })
  return jsonObject([
    { name: 'group', value: jsonObject(group) },
    ...measureKinds.flatMap((kind) => kindEntry(kind, measures)),
    ...(named.length === 0 ? [] : [{ name: '_related', value: jsonObject(named) }]),
  ])
}

/** All measures of a kind: the count itself, the others by field. */
function kindEntry(kind: MeasureKind, measures: readonly PlannedMeasure[]): Entry[] {
  const found = measures.flatMap((measure, index) =>
    measure.kind === kind ? [{ name: measure.field, value: columnSql('a', `m${index}`) }] : [],
  )
  const [first] = found
  if (first === undefined) return []
  return [{ name: kind, value: kind === 'count' ? first.value : jsonObject(found) }]
}

/** ORDER BY the asked-for keys, then by the groups. @throws Fault 422 */
function planOrder(
  { sort }: AggregateRequest,
  groups: readonly PlannedGroup[],
  measures: readonly PlannedMeasure[],
): SQL {
  const keys = new Map([
    ...groups.map(({ name, order }, index): [string, SQL] => [name, order(columnSql('a', `g${index}`))]),
    ...measures.map(({ kind, field }, index): [string, SQL] => [
      field === '' ? kind : `${kind}.${field}`,
      columnSql('a', `m${index}`),
    ]),
  ])
  const asked = sort.map(({ field, direction }) => {
    const key = keys.get(field)
    if (key !== undefined) return sql`${key} ${sql.raw(direction)} nulls last`
    const near = nearest(field, keys.keys())
    const message = `Groups have no “${field}” to be sorted by${near === undefined ? '.' : `; did you mean “${near}”?`}`
    throw invalidAggregate([{ path: '/sort', code: 'field.unknown', message }])
  })
  const rest = groups.flatMap(({ name }) => keys.get(name) ?? [])
  const all = [...asked, ...rest]
  return all.length === 0 ? sql`` : sql`order by ${sql.join(all, sql`, `)}`
}
