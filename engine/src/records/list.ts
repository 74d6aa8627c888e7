import { asObject, type Json } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import { findColumn, findEntity } from '../access/entity-lookup.ts'
import { deniedNames, requireVerb } from '../access/grant.ts'
import type { Reader } from '../access/reader.ts'
import { compileColumn, type RecordPlace } from '../filters/record-resolver.ts'
import { tableOf } from '../filters/record-tables.ts'
import { boundSize } from '../storage/bound-size.ts'
import type { Connection } from '../storage/connect.ts'
import { runRaw, type Statement } from '../storage/statement.ts'
import { askDatabase } from './ask-database.ts'
import { writeCursor } from './cursor.ts'
import type { ListRequest } from './list-request.ts'
import { includesOf } from './plan-includes.ts'
import { planSelection } from './plan-selection.ts'
import { type Projection, projectRecord } from './projection.ts'
import { renderItems } from './render-items.ts'
import { afterSql, orderSql, planSort, readKeys, type SortOrder } from './sort-order.ts'
import { statementFor } from './statement-cache.ts'
import { placeOf, surroundingValues } from './surroundings.ts'

/** A list as one statement with its values. */
export interface PlannedList {
  readonly statement: Statement
  readonly values: Readonly<Record<string, unknown>>
  readonly order: SortOrder
  readonly limit: number
  readonly count: Statement | undefined
  readonly denied: readonly string[]
}

/** Decides what a list request means for this reader. @throws Fault 400, 403, 404, 422 */
export function planList(reader: Reader, entityName: string, request: ListRequest): PlannedList {
  const { release } = reader
  const entity = findEntity(reader, entityName)
  const grant = requireVerb(release, reader.actor, entity, 'read')
  for (const name of request.fields ?? []) findColumn(entity, grant, name, { path: '/fields' })
  const includes = includesOf(reader, entity, { parts: request.include, count: request.limit })
  const order = planSort(entity, grant, request.sort)
  const selection = planSelection(reader, entity, grant, request)
  const keys = request.after === undefined ? undefined : readKeys(request.after, order)
  const place = placeOf(reader, entity, 't')
  const after = keys?.map((key) => (key === null ? 'n' : 'v')).join('')
  const shape = JSON.stringify([entity.name, grant.key, selection.shape])
  const page = JSON.stringify([order.text, request.fields, request.include, request.limit, after])
  return {
    statement: statementFor(release, `list ${shape} ${page}`, () => {
      const projection = projectRecord(reader, entity, grant, { alias: 't', only: request.fields, includes })
      return boundSize(listSql({ place, projection, order, keys, limit: request.limit, where: selection.sql }))
    }),
    count:
      request.total === undefined
        ? undefined
        : statementFor(release, `count ${shape}`, () => boundSize(countSql(place, selection.sql))),
    values: {
      ...surroundingValues(reader),
      ...selection.values,
      ...Object.fromEntries((keys ?? []).map((key, index) => [`after${index}`, key])),
    },
    order,
    limit: request.limit,
    denied: deniedNames(grant),
  }
}

/** Runs a planned list and renders the response body; PostgreSQL has made the JSON of each record. */
export async function runList(connection: Connection, plan: PlannedList): Promise<Buffer> {
  const rows = await askDatabase(connection, (bound) => runRaw(bound, plan.statement, plan.values))
  const { count } = plan
  const total =
    count === undefined ? undefined : await askDatabase(connection, (bound) => runRaw(bound, count, plan.values))
  const items = rows.slice(0, plan.limit).map((row) => row[0] ?? Buffer.alloc(0))
  const last = items.at(-1)
  const next = rows.length > plan.limit && last !== undefined ? nextCursor(plan.order, rows[plan.limit - 1]) : null
  const tail = {
    next,
    ...(total === undefined ? {} : { total: Number(total[0]?.[0]?.toString() ?? 0) }),
    ...(plan.denied.length === 0 ? {} : { _meta: { denied: plan.denied } }),
  }
  return renderItems(items, tail)
}

/** The keys of the last record: a column of their own when the projection does not show them all. */
function nextCursor(order: SortOrder, row: (Buffer | null)[] | undefined): string {
  const keys: Json = JSON.parse((row?.[1] ?? row?.[0] ?? Buffer.from('{}')).toString())
  return writeCursor(
    order.text,
    Array.isArray(keys) ? keys : order.keys.map(({ column }) => asObject(keys)[column.name] ?? null),
  )
}

interface ListParts {
  readonly place: RecordPlace
  readonly projection: Projection
  readonly order: SortOrder
  readonly keys: readonly unknown[] | undefined
  readonly limit: number
  readonly where: SQL
}

function listSql({ place, projection, order, keys, limit, where }: ListParts): SQL {
  const isShown = order.keys.every(({ column }) => projection.names.has(column.name))
  const keyColumns = order.keys.map(({ column }) => compileColumn(place, column))
  const cursor = isShown ? sql`` : sql`, r._cursor`
  const cursorColumn = isShown ? sql`` : sql`, json_build_array(${sql.join(keyColumns, sql`, `)})::text as _cursor`
  const after = keys === undefined ? sql`` : sql` and ${afterSql(order, place, keys)}`
  const shown = isShown ? sql`row_to_json(r)` : sql`(to_jsonb(r) - '_cursor')`
  return sql`select ${shown}::text${cursor} from (select ${projection.columns}${cursorColumn}
    from ${tableOf(place.entity, place.alias)}${projection.joins}
    where ${where}${after} order by ${orderSql(order, place)} limit ${sql.raw(String(limit + 1))}) r`
}

/** Totals are counted only on demand and only this far. */
const countCap = 10_000

function countSql({ entity, alias }: RecordPlace, where: SQL): SQL {
  return sql`select count(*)::int from (select 1 from ${tableOf(entity, alias)}
    where ${where} limit ${sql.raw(String(countCap))}) c`
}
