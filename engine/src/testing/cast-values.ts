import type { Field, Json } from '@heddle/metadata'
import { castFrom } from '../field-types/casts.ts'
import { columnOf } from '../field-types/index.ts'
import { jsonLiteral, textLiteral, textsLiteral } from '../field-types/sql-text.ts'
import type { Database } from '../storage/connect.ts'

/** The company's time zone in tests. */
export const companyZone = 'Asia/Shanghai'

/** Casts stored values and gives back what JSON shows of each, or `fails`. */
export async function castValues(sql: Database, from: Field, to: Field, values: readonly Json[]): Promise<Json[]> {
  const cast = castFrom('"v"', { from, to, timeZone: companyZone })
  if (cast === undefined) throw new Error(`There is no cast from ${from.type} to ${to.type}.`)
  const rows = values.map((value, index) => `(${index}, ${literal(from, value)})`).join(', ')
  const result = await sql.unsafe<{ json: string }[]>(
    `select row_to_json(r)::text as json from (
      select ${cast.value} as value, ${cast.fails} as fails from (values ${rows}) as old (id, v) order by id
    ) r`,
  )
  return result.map(({ json }) => {
    const row = JSON.parse(json) as { value: Json; fails: boolean }
    return row.fails ? 'fails' : row.value
  })
}

/** A stored value as SQL; the column's own JSON form is its text. */
function literal(field: Field, value: Json): string {
  const type = columnOf(field)?.sqlType(field)
  if (value === null) return `null::${type}`
  if (type === 'jsonb') return jsonLiteral(value)
  return Array.isArray(value) ? textsLiteral(value.map(String)) : `${textLiteral(String(value))}::${type}`
}
