import { asObject, type Entity, type Json } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import { findColumn, findEntity } from '../access/entity-lookup.ts'
import { type Grant, requireVerb } from '../access/grant.ts'
import { searchCondition } from '../search/search-query.ts'
import type { Condition } from '../storage/condition.ts'
import type { Connection } from '../storage/connect.ts'
import { runRaw, type Statement } from '../storage/statement.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { parseFilterValue } from './filter-values.ts'
import type { ListRequest } from './list-request.ts'
import { columnSql, type Projection, projectRecord, type Reader, tableOf } from './projection.ts'
import { afterSql, orderSql, planSort, type SortOrder } from './sort-order.ts'
import { statementFor } from './statement-cache.ts'

/** A list as one statement with its values. */
export interface PlannedList {
  readonly statement: Statement
  readonly values: Readonly<Record<string, unknown>>
  readonly order: SortOrder
  readonly limit: number
  readonly count: Statement | undefined
  readonly denied: readonly string[]
}

/** Decides what a list request means for this reader. @throws Fault 403, 404, 422 */
export function planList(reader: Reader, entityName: string, request: ListRequest): PlannedList {
  const entity = findEntity(reader.release, entityName)
  const grant = requireVerb(reader.release, reader.actor, entity, 'read')
  for (const name of request.fields ?? []) findColumn(entity, grant, name)
  const order = planSort(entity, grant, request.sort)
  const conditions = planConditions(entity, grant, request)
  const keys = request.after === undefined ? undefined : readCursor(request.after, order.text, order.keys.length)
  const filter = { entity, conditions, deleted: request.deleted }
  const shape = shapeOf(
    [entity.name, grant.key, order.text, request.fields, request.limit, request.deleted],
    conditions,
  )
  const after = keys?.map((key) => (key === null ? 'n' : 'v')).join('') ?? ''
  return {
    statement: statementFor(reader.release, `list ${shape} ${after}`, () => {
      const projection = projectRecord(reader, entity, grant, { alias: 't', only: request.fields })
      return listSql({ ...filter, projection, order, keys, limit: request.limit })
    }),
    count:
      request.total === undefined ? undefined : statementFor(reader.release, `count ${shape}`, () => countSql(filter)),
    values: {
      ...Object.assign({}, ...conditions.map((condition) => condition.values)),
      ...Object.fromEntries((keys ?? []).map((key, index) => [`after${index}`, key])),
    },
    order,
    limit: request.limit,
    denied: [...grant.restricted].filter(([, access]) => access === 'none').map(([name]) => name),
  }
}

/** Runs a planned list and renders the response body; PostgreSQL has made the JSON of each record. */
export async function runList(connection: Connection, plan: PlannedList): Promise<Buffer> {
  const rows = await runRaw(connection, plan.statement, plan.values)
  const total = plan.count === undefined ? undefined : await runRaw(connection, plan.count, plan.values)
  const items = rows.slice(0, plan.limit).map((row) => row[0] ?? Buffer.alloc(0))
  const last = items.at(-1)
  const next = rows.length > plan.limit && last !== undefined ? nextCursor(plan.order, rows[plan.limit - 1]) : null
  const tail = {
    next,
    ...(total === undefined ? {} : { total: Number(total[0]?.[0]?.toString() ?? 0) }),
    ...(plan.denied.length === 0 ? {} : { _meta: { denied: plan.denied } }),
  }
  const parts: Buffer[] = [listStart]
  items.forEach((item, index) => {
    if (index > 0) parts.push(comma)
    parts.push(item)
  })
  parts.push(Buffer.from(`],${JSON.stringify(tail).slice(1)}`))
  return Buffer.concat(parts)
}

const listStart = Buffer.from('{"items":[')
const comma = Buffer.from(',')

/** The keys of the last record: a column of their own when the projection does not show them all. */
function nextCursor(order: SortOrder, row: (Buffer | null)[] | undefined): string {
  const keys: Json = JSON.parse((row?.[1] ?? row?.[0] ?? Buffer.from('{}')).toString())
  return writeCursor(
    order.text,
    Array.isArray(keys) ? keys : order.keys.map(({ column }) => asObject(keys)[column.name] ?? null),
  )
}

function planConditions(entity: Entity, grant: Grant, request: ListRequest): Condition[] {
  const conditions = request.equals.map(({ field, value }, index): Condition => {
    const column = findColumn(entity, grant, field)
    const parsed = parseFilterValue(column, value)
    const place = `equals${index}`
    const left = columnSql('t', column.column)
    return parsed === null
      ? { shape: `${field}?`, sql: sql`${left} is null`, values: {} }
      : { shape: `${field}=`, sql: sql`${left} = ${sql.placeholder(place)}`, values: { [place]: parsed } }
  })
  if (request.search !== undefined) conditions.push(searchCondition(request.search, 't'))
  return conditions
}

function shapeOf(parts: readonly unknown[], conditions: readonly Condition[]): string {
  return JSON.stringify([...parts, ...conditions.map((condition) => condition.shape)])
}

interface Filter {
  readonly entity: Entity
  readonly conditions: readonly Condition[]
  readonly deleted: 'only' | undefined
}

function whereSql(filter: Filter, more: readonly SQL[] = []): SQL {
  const deleted = columnSql('t', 'deleted_at')
  const state = filter.deleted === 'only' ? sql`${deleted} is not null` : sql`${deleted} is null`
  return sql.join([state, ...filter.conditions.map((condition) => condition.sql), ...more], sql` and `)
}

function listSql(
  list: Filter & {
    readonly projection: Projection
    readonly order: SortOrder
    readonly keys: readonly unknown[] | undefined
    readonly limit: number
  },
): SQL {
  const { projection, order, keys } = list
  const isShown = order.keys.every(({ column }) => projection.names.has(column.name))
  const keyColumns = order.keys.map(({ column }) => columnSql('t', column.column))
  const cursor = isShown ? sql`` : sql`, r._cursor`
  const cursorColumn = isShown ? sql`` : sql`, json_build_array(${sql.join(keyColumns, sql`, `)})::text as _cursor`
  const after = keys === undefined ? [] : [afterSql(order, 't', keys)]
  const shown = isShown ? sql`row_to_json(r)` : sql`(to_jsonb(r) - '_cursor')`
  return sql`select ${shown}::text${cursor} from (select ${projection.columns}${cursorColumn}
    from ${tableOf(list.entity, 't')}${projection.joins}
    where ${whereSql(list, after)} order by ${orderSql(order, 't')} limit ${sql.raw(String(list.limit + 1))}) r`
}

/** Totals are counted only on demand and only this far. */
const countCap = 10_000

function countSql(filter: Filter): SQL {
  return sql`select count(*)::int from (select 1 from ${tableOf(filter.entity, 't')}
    where ${whereSql(filter)} limit ${sql.raw(String(countCap))}) c`
}
