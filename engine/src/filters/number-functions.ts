import { literalOf } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import type { SqlRow } from './compiling.ts'

/** SQL halves of the profile's number functions, by the same keys, in numeric. */
export const numberFunctions = {
  add: of((a, b) => sql`(${a} + ${b})`),
  subtract: of((a, b) => sql`(${a} - ${b})`),
  multiply: of((a, b) => sql`(${a} * ${b})`),
  divide: of((a, b) => sql`(${a} / nullif(${b}, 0))`),
  negate: of((value) => sql`(- ${value})`),
  absolute: of((value) => sql`abs(${value})`),
  floor: of((value) => sql`floor(${value})`),
  ceiling: of((value) => sql`ceil(${value})`),
  'round-half-up': rounded((value, scale) => sql`round(${value}, ${scale})`),
  'round-half-down': rounded((value, scale, power) => {
    return sql`round(sign(${value}) * ceil(abs(${value}) * ${power} - 0.5) / ${power}, ${scale})`
  }),
  'round-half-even': rounded((value, scale, power) => {
    const down = sql`trunc(${value}, ${scale})`
    const isTie = sql`abs(${value} - ${down}) * ${power} = 0.5 and mod(${down} * ${power}, 2) = 0`
    return sql`(case when ${isTie} then ${down} else round(${value}, ${scale}) end)`
  }),
  'round-up': rounded((value, scale, power) => {
    return sql`round(sign(${value}) * ceil(abs(${value}) * ${power}) / ${power}, ${scale})`
  }),
  'round-down': rounded((value, scale) => sql`trunc(${value}, ${scale})`),
  modulo: of((value, by) => sql`mod(mod(${value}, nullif(${by}, 0)) + ${by}, nullif(${by}, 0))`),
  'number-of-text': {
    value: (call) => {
      const text = call.scalar(0)
      const isNumber = sql`${text} ~ '^-?([0-9]{1,15}|[0-9]{1,9}\\.[0-9]{1,6})$'`
      return sql`(case when ${isNumber} then ${text}::numeric end)`
    },
  },
} satisfies Record<string, SqlRow>

/** A row that is a function of its numbers. */
function of(value: (a: SQL, b: SQL) => SQL): SqlRow {
  return {
    value: ({ expression, numeric }) => {
      const [a = sql`null`, b = sql`null`] = expression.args.map((_, index) => numeric(index))
      return value(a, b)
    },
  }
}

function rounded(value: (number: SQL, scale: SQL, power: SQL) => SQL): SqlRow {
  return {
    value: (call) => {
      const scale = Number(literalOf(call.argument(1)))
      return value(call.numeric(0), sql`${scale}::int`, sql`${String(10 ** scale)}::numeric`)
    },
  }
}
