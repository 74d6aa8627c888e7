import { isSolid, type TypedExpression } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import type { SqlCall, SqlRow } from './compiling.ts'
import { contains } from './list-functions.ts'

/** SQL halves of the profile's logic, by the same keys. */
export const logic = {
  and: { value: (call) => joined(call, sql` and `) },
  or: { value: (call) => joined(call, sql` or `) },
  not: { value: (call) => sql`(not ${call.scalar(0)})` },
  'is-null': { value: (call) => sql`(${call.scalar(0)} is null)` },
  'is-not-null': { value: (call) => sql`(${call.scalar(0)} is not null)` },
  equal: {
    value: (call) => sql`(${call.scalar(0)} is not distinct from ${call.scalar(1)})`,
    where: (call) => (hasSolidSide(call) ? sql`(${call.scalar(0)} = ${call.scalar(1)})` : undefined),
  },
  'not-equal': { value: (call) => sql`(${call.scalar(0)} is distinct from ${call.scalar(1)})` },
  less: ordered('<'),
  'less-or-equal': ordered('<='),
  greater: ordered('>'),
  'greater-or-equal': ordered('>='),
  between: {
    value: (call) => {
      const [value, low, high] = [call.scalar(0), call.scalar(1), call.scalar(2)]
      const test = sql`${value} between symmetric ${low} and ${high}`
      return sql`(case when ${low} is null or ${high} is null then null else ${test} end)`
    },
    where: (call) => {
      const [low, high] = [call.argument(1), call.argument(2)]
      if (!isSolid(low) || !isSolid(high)) return undefined
      return sql`(${call.scalar(0)} between symmetric ${call.scalar(1)} and ${call.scalar(2)})`
    },
  },
  'in-list': { value: (call) => contains(call, 1, 0), where: (call) => anyOf(call) },
  'in-range': range('>=', '<='),
  'in-range-open-start': range('>', '<='),
  'in-range-open-end': range('>=', '<'),
  'in-range-open': range('>', '<'),
  if: { value: (call) => sql`(case when ${call.scalar(0)} then ${call.scalar(1)} else ${call.scalar(2)} end)` },
} satisfies Record<string, SqlRow>

function joined({ expression, scalar }: SqlCall, separator: SQL): SQL {
  return sql`(${sql.join(
    expression.args.map((_, index) => scalar(index)),
    separator,
  )})`
}

function ordered(operator: string): SqlRow {
  return { value: (call) => sql`(${call.scalar(0)} ${sql.raw(operator)} ${call.scalar(1)})` }
}

function range(above: string, below: string): SqlRow {
  return {
    value: (call) => {
      const value = call.scalar(0)
      return sql`(${value} ${sql.raw(above)} ${call.scalar(1)} and ${value} ${sql.raw(below)} ${call.scalar(2)})`
    },
  }
}

function hasSolidSide({ expression }: SqlCall): boolean {
  return expression.args.some(isSolid)
}

/** `= any` of literals, which an index serves. */
function anyOf(call: SqlCall): SQL | undefined {
  const list: TypedExpression = call.argument(1)
  return list.node === 'list' && list.items.every(isSolid)
    ? sql`(${call.scalar(0)} = any (${call.scalar(1)}))`
    : undefined
}
