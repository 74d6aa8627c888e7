import { SQL, type SQLChunk, sql } from 'drizzle-orm'

/** Composed SQL with a place for each value that stood in it, and the values: the same SQL for other values. */
export function liftValues(
  query: SQL,
  prefix: string,
): { readonly sql: SQL; readonly values: Readonly<Record<string, unknown>> } {
  const values: Record<string, unknown> = {}
  let count = 0
  const lift = (chunk: SQLChunk): SQLChunk => {
    if (chunk instanceof SQL) return new SQL(chunk.queryChunks.map(lift))
    if (typeof chunk === 'object') return chunk
    const name = `${prefix}${count++}`
    values[name] = chunk
    return sql.placeholder(name)
  }
  return { sql: new SQL(query.queryChunks.map(lift)), values }
}
