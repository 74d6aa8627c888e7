import { type Entity, fieldType } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import { type Column, findSingle } from '../access/entity-lookup.ts'
import type { Grant } from '../access/grant.ts'
import { resultColumnOf } from '../field-types/index.ts'
import { textsLiteral } from '../field-types/sql-text.ts'
import { compileColumn, type RecordPlace } from '../filters/record-resolver.ts'
import { brokenCursor, readCursor } from './cursor.ts'
import { canHold } from './filter-values.ts'
import type { SortKey } from './list-request.ts'

/** A complete order: ends with the id, so that no two records are equal. */
export interface SortOrder {
  readonly keys: readonly { readonly column: Column; readonly direction: 'asc' | 'desc' }[]
  /** Its text form, part of statement shapes and cursors. */
  readonly text: string
}

/** The order of a list; newest first when none is asked for. */
export function planSort(entity: Entity, grant: Grant, sort: readonly SortKey[]): SortOrder {
  const wanted: SortKey[] = sort.length > 0 ? [...sort] : [{ field: 'id', direction: 'desc' }]
  const last = wanted.at(-1)
  if (!wanted.some((key) => key.field === 'id')) wanted.push({ field: 'id', direction: last?.direction ?? 'desc' })
  return {
    keys: wanted.map(({ field, direction }) => ({ column: findSingle(entity, grant, field), direction })),
    text: wanted.map(({ field, direction }) => (direction === 'desc' ? `-${field}` : field)).join(','),
  }
}

/**
 * The sort keys of a cursor as values of their columns.
 * @throws Fault 400 when it is none of this order
 */
export function readKeys(cursor: string, order: SortOrder): (string | number | boolean | null)[] {
  const keys = readCursor(cursor, order.text, order.keys.length)
  if (!order.keys.every(({ column }, index) => canHold(column, keys[index] ?? null))) throw brokenCursor()
  return keys
}

/** The ORDER BY list; empty values come last in both directions. */
export function orderSql(order: SortOrder, place: RecordPlace): SQL {
  return sql.join(
    order.keys.map(({ column, direction }) => {
      const nulls = column.isNullable && direction === 'desc' ? sql` nulls last` : sql``
      return sql`${keySql(column, place)} ${sql.raw(direction)}${nulls}`
    }),
    sql`, `,
  )
}

/** The condition that a record comes after the cursor, whose keys are the placeholders `after0`, `after1`, … */
export function afterSql(order: SortOrder, place: RecordPlace, keys: readonly unknown[]): SQL {
  const isUniform = order.keys.every(
    ({ column, direction }) => !column.isNullable && direction === order.keys[0]?.direction,
  )
  if (isUniform) {
    const columns = order.keys.map(({ column }) => keySql(column, place))
    const values = order.keys.map(({ column }, index) => givenSql(column, place, index))
    const operator = order.keys[0]?.direction === 'desc' ? sql`<` : sql`>`
    return sql`(${sql.join(columns, sql`, `)}) ${operator} (${sql.join(values, sql`, `)})`
  }
  return afterFrom(order, place, keys, 0)
}

function afterFrom(order: SortOrder, place: RecordPlace, keys: readonly unknown[], index: number): SQL {
  const key = order.keys[index]
  if (key === undefined) return sql`false`
  const column = keySql(key.column, place)
  const value = givenSql(key.column, place, index)
  const isNull = keys[index] === null
  const operator = key.direction === 'desc' ? sql`<` : sql`>`
  const beyond = isNull ? sql`false` : sql`(${column} ${operator} ${value} or ${column} is null)`
  const equal = isNull ? sql`${column} is null` : sql`${column} = ${value}`
  return sql`(${beyond} or (${equal} and ${afterFrom(order, place, keys, index + 1)}))`
}

/** A key as it sorts: text for people by the company's collation, options that have an order by their position. */
function keySql(column: Column, place: RecordPlace): SQL {
  const plain = compileColumn(place, column)
  const options = orderedOptions(column, place)
  if (options !== undefined) return positionSql(options, plain)
  const isCollated = column.field !== undefined && resultColumnOf(column.field)?.isCollated === true
  return isCollated ? sql`${plain} collate "zh-x-icu"` : plain
}

/** The key at the cursor, to compare with {@link keySql}. */
function givenSql(column: Column, place: RecordPlace, index: number): SQL {
  const given = sql`${sql.placeholder(`after${index}`)}`
  const options = orderedOptions(column, place)
  return options === undefined ? given : positionSql(options, sql`${given}::text`)
}

function orderedOptions({ field }: Column, { release }: RecordPlace): readonly string[] | undefined {
  const type = field === undefined ? undefined : fieldType(release, field)
  return type?.kind === 'option' && type.ordered ? type.options : undefined
}

/** What is no option any more comes after all that are, before the empty ones. */
function positionSql(options: readonly string[], value: SQL): SQL {
  const position = sql`array_position(${sql.raw(textsLiteral(options))}, ${value})`
  return sql`coalesce(${position}, case when ${value} is not null then ${sql.raw(String(options.length + 1))} end)`
}
