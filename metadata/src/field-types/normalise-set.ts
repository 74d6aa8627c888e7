import type { Json } from '../json.ts'

/** A list without repeated entries, arranged by `arrange`; null when it is empty, anything else as it is. */
export function normaliseSet(value: Json, arrange: (entries: readonly Json[]) => readonly Json[]): Json {
  if (!Array.isArray(value)) return value
  const entries = [...new Set(arrange(value))]
  return entries.length === 0 ? null : entries
}
