import type { Entity, Field, JsonObject } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import { columnOf } from '../field-types/index.ts'
import { isLooseText, looseKey } from '../field-types/loose-key.ts'
import { runRows } from '../storage/statement.ts'
import { bindFields } from './bind-values.ts'
import { recordFault } from './database-faults.ts'
import { tableOf } from './projection.ts'
import { statementFor } from './statement-cache.ts'
import type { WriteContext } from './write-record.ts'

/** How values are compared: as stored, or ignoring case and surrounding space of texts. */
export type Comparison = 'exact' | 'loose'

/** Values to look for; the record with the id `self` itself does not count. */
export interface Wanted {
  readonly values: JsonObject
  readonly self?: string | undefined
}

/** Of one look, at most this many records of the same values are told. */
const maximumMatches = 20

/**
 * The ids of the records outside the trash with equal values in all of the fields, for each of `wanted`. An empty value
 * equals nothing.
 */
export async function findMatches(
  { connection, reader }: WriteContext,
  entity: Entity,
  { fields, comparison }: { readonly fields: readonly Field[]; readonly comparison: Comparison },
  wanted: readonly Wanted[],
): Promise<string[][]> {
  const shape = `matches ${entity.name} ${comparison} ${fields.map((field) => field.name).join()}`
  const statement = statementFor(reader.release, shape, () => matchesSql(entity, fields, comparison))
  const rows = wanted.map(({ values, self }, index) => {
    const bound = bindFields(fields, values)
    const columns = fields.map((field, column) => [`f${column}`, bound[`f_${field.name}`]])
    return { i: index, self: self ?? null, ...Object.fromEntries(columns) }
  })
  const found: string[][] = wanted.map(() => [])
  try {
    const matches = await runRows<{ i: number; id: string }>(connection, statement, { rows: JSON.stringify(rows) })
    for (const { i, id } of matches) found[i]?.push(id)
  } catch (error) {
    throw recordFault(error, reader.release, entity)
  }
  return found
}

/** Values as {@link findMatches} compares them, as one text: equal for rows that match each other. */
export function matchKey(fields: readonly Field[], comparison: Comparison, values: JsonObject): string {
  return JSON.stringify(
    fields.map((field) => {
      const value = values[field.name] ?? null
      return comparison === 'loose' && typeof value === 'string' && isLooseText(field)
        ? value.trim().toLowerCase()
        : value
    }),
  )
}

function matchesSql(entity: Entity, fields: readonly Field[], comparison: Comparison): SQL {
  const typed = fields.map((field, index) => {
    const type = columnOf(field)?.sqlType(field) ?? 'text'
    return { field, type, name: `f${index}`, given: type.endsWith('[]') ? type : 'text' }
  })
  const given = typed.map(({ name, given }) => sql.raw(`, ${name} ${given}`))
  const compared = (field: Field, value: string) => (comparison === 'loose' ? looseKey(field, value) : value)
  const equal = typed.map(({ field, type, name }) =>
    sql.raw(`${compared(field, `t."${field.column}"`)} = ${compared(field, `k.${name}::${type}`)}`),
  )
  return sql`select k.i, m.id from json_to_recordset(${sql.placeholder('rows')}::json) as k(i int, self uuid${sql.join(given)})
    cross join lateral (
      select t.id from ${tableOf(entity, 't')}
      where ${sql.join(equal, sql` and `)} and t.deleted_at is null and t.id is distinct from k.self
      order by t.id limit ${sql.raw(String(maximumMatches))}
    ) m order by k.i, m.id`
}
