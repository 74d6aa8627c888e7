import { type SQL, sql } from 'drizzle-orm'
import type { Directory } from '../field-types/define-column.ts'
import { columnSql } from '../filters/record-tables.ts'

/** The names of a directory's members by id; where a user may be meant, so may an API key. */
const names: { readonly [K in Directory]: (id: SQL) => SQL } = {
  user: (id) => sql`coalesce((select d.name from heddle."user" d where d.id = ${id}),
    (select d.name from heddle.api_key d where d.id = ${id}))`,
  department: (id) => sql`(select d.name from heddle.department d where d.id = ${id})`,
}

/** The name of a directory's member. */
export function directoryLabel(directory: Directory, id: SQL): SQL {
  return names[directory](id)
}

/** Id and label of the person or department that a column names. */
export function directoryEntry({ directory, column }: { directory: Directory; column: string }, alias: string): SQL {
  const id = columnSql(alias, column)
  return sql`case when ${id} is not null then json_build_object('id', ${id}, 'label', ${directoryLabel(directory, id)}) end`
}
