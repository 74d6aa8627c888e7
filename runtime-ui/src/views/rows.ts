import { asText, type JsonObject } from '@heddle/metadata'

/** A line of a list: a record, or the heading of those that follow. */
export type Row =
  | { readonly kind: 'record'; readonly id: string; readonly record: JsonObject; readonly position: number }
  | { readonly kind: 'group'; readonly id: string; readonly record: JsonObject }

/** The lines of a list; with `group` a heading before the first record of each value. */
export function rowsOf(records: readonly JsonObject[], group: string | undefined): Row[] {
  const rows: Row[] = []
  let former: string | undefined
  records.forEach((record, position) => {
    const value = group === undefined ? undefined : JSON.stringify(record[group] ?? null)
    if (value !== undefined && value !== former) rows.push({ kind: 'group', id: `group ${value}`, record })
    former = value
    rows.push({ kind: 'record', id: asText(record.id) ?? '', record, position })
  })
  return rows
}

/** The record `step` records after that one, or the first one when there is none. */
export function neighbour(
  records: readonly JsonObject[],
  id: string | undefined,
  step: number,
): JsonObject | undefined {
  const position = records.findIndex((record) => record.id === id)
  if (position < 0) return records[0]
  return records[Math.min(Math.max(position + step, 0), records.length - 1)]
}
