import { type SQL, sql } from 'drizzle-orm'
import type { Source, SqlCall, SqlRow } from './compiling.ts'

/** SQL halves of the profile's list functions, by the same keys. */
export const listFunctions = {
  count: {
    value: (call) => {
      const counted = selectFrom(call.source(0), sql`count(*)::numeric`)
      return isStoredList(call, 0) ? sql`(case when ${call.scalar(0)} is not null then ${counted} end)` : counted
    },
  },
  sum: aggregate('sum'),
  min: aggregate('min'),
  max: aggregate('max'),
  mean: aggregate('avg'),
  'list-contains': { value: (call) => contains(call, 0, 1) },
  some: {
    value: (call) => {
      const source = call.source(0)
      const test = sql`exists ${selectFrom(source, sql`1`, [sql`${call.condition(1, source)} is true`])}`
      return unlessNull(call, 0, test)
    },
  },
  every: {
    value: (call) => {
      const source = call.source(0)
      const test = sql`not exists ${selectFrom(source, sql`1`, [sql`${call.condition(1, source)} is not true`])}`
      return unlessNull(call, 0, test)
    },
  },
  filter: { value: (call) => asArray(call) },
  project: { value: (call) => asArray(call) },
} satisfies Record<string, SqlRow>

/** Whether a value is in a list: a null is, where the list holds null. Null only when a stored list is null. */
export function contains(call: SqlCall, list: number, value: number): SQL {
  const argument = call.argument(list)
  const wanted = call.scalar(value)
  if (argument.node !== 'call') {
    return unlessNull(call, list, sql`array_position(${call.scalar(list)}, ${wanted}) is not null`)
  }
  const source = call.source(list)
  return sql`(exists ${selectFrom(source, sql`1`, [sql`${source.value} is not distinct from ${wanted}`])})`
}

function unlessNull(call: SqlCall, list: number, test: SQL): SQL {
  return isStoredList(call, list) ? sql`(case when ${call.scalar(list)} is not null then ${test} end)` : sql`(${test})`
}

/** A list of values in a column may be null; child records and lists in the text are not. */
function isStoredList(call: SqlCall, index: number): boolean {
  const { node, type } = call.argument(index)
  return node !== 'call' && node !== 'list' && type.kind === 'list' && type.of.kind !== 'context'
}

/** FEEL's aggregates: null when a null is among the numbers, and of no numbers. */
function aggregate(name: string): SqlRow {
  return {
    value: (call) => {
      const source = call.source(0)
      const worked = sql`${sql.raw(name)}(${source.value}::numeric)`
      return selectFrom(source, sql`case when count(*) = count(${source.value}) then ${worked} end`)
    },
  }
}

function asArray({ itself }: SqlCall): SQL {
  const list = itself()
  return sql`array${selectFrom(list, list.value)}`
}

function selectFrom({ from, where }: Source, what: SQL, more: readonly SQL[] = []): SQL {
  const conditions = [...where, ...more]
  const filter = conditions.length === 0 ? sql`` : sql` where ${sql.join(conditions, sql` and `)}`
  return sql`(select ${what} from ${from}${filter})`
}
