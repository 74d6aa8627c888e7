import { inexactScale, literalOf, longestMatchedText, parsePattern } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import type { SqlCall, SqlRow } from './compiling.ts'
import { renderPattern } from './render-pattern.ts'

/** SQL halves of the profile's text functions, by the same keys. User text is never a LIKE pattern. */
export const textFunctions = {
  concatenate: of((a, b) => sql`(${a} || ${b})`),
  contains: of((text, part) => sql`(strpos(${text}, ${part}) > 0)`),
  'starts-with': of((text, part) => sql`starts_with(${text}, ${part})`),
  'ends-with': of((text, part) => sql`(right(${text}, char_length(${part})) collate "C" = ${part} collate "C")`),
  matches: {
    value: (call) => {
      const text = call.scalar(0)
      const pattern = parsePattern(String(literalOf(call.argument(1))))
      const regexp = sql`${pattern ? renderPattern(pattern) : ''}::text`
      return sql`(case when char_length(${text}) <= ${longestMatchedText}::int then ${text} collate "C" ~ ${regexp} end)`
    },
  },
  'string-length': of((text) => sql`char_length(${text})::numeric`),
  'upper-case': of((text) => sql`(upper(${text} collate "und-x-icu") collate "C")`),
  'lower-case': of((text) => sql`(lower(${text} collate "und-x-icu") collate "C")`),
  'substring-from': { value: (call) => tail(call) },
  substring: { value: (call) => sql`left(${tail(call)}, ${literalOf(call.argument(2))}::int)` },
  'substring-before': of(
    (text, part) =>
      sql`(case when strpos(${text}, ${part}) = 0 then '' else left(${text}, strpos(${text}, ${part}) - 1) end)`,
  ),
  'substring-after': of((text, part) => {
    const rest = sql`substr(${text}, strpos(${text}, ${part}) + char_length(${part}))`
    return sql`(case when strpos(${text}, ${part}) = 0 then '' else ${rest} end)`
  }),
  replace: of((text, part, replacement) => sql`replace(${text}, ${part}, ${replacement})`),
  'string-join': of((list, delimiter) => sql`array_to_string(${list}, ${delimiter})`),
  'string-of-number': {
    value: (call) => {
      const { type } = call.argument(0)
      const scale = type.kind === 'number' ? (type.scale ?? inexactScale) : inexactScale
      return sql`trim_scale(round(${call.numeric(0)}, ${scale}::int))::text`
    },
  },
  'string-of-boolean': of((condition) => sql`(${condition})::text`),
  'string-of-date': of((date) => sql`to_char(${date}, 'YYYY-MM-DD')`),
} satisfies Record<string, SqlRow>

/** A row that is a function of its compiled arguments. */
function of(value: (...args: readonly [SQL, SQL, SQL]) => SQL): SqlRow {
  return {
    value: ({ expression, scalar }) => {
      const [a = sql`null`, b = sql`null`, c = sql`null`] = expression.args.map((_, index) => scalar(index))
      return value(a, b, c)
    },
  }
}

function tail(call: SqlCall): SQL {
  const start = Number(literalOf(call.argument(1)))
  return start > 0 ? sql`substr(${call.scalar(0)}, ${start}::int)` : sql`right(${call.scalar(0)}, ${-start}::int)`
}
