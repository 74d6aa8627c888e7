/** What a position in a tsvector can be at most. */
const largest = 16_383

/**
 * The position that all words of a field have in a record's text for search: so it can be told which of them a reader
 * may find. A hash of its id (FNV-1a), which stays when the searched fields change; where two agree, who may not see
 * one of them finds by neither.
 */
export function fieldMark(id: string): number {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(id)) hash = Math.imul(hash ^ byte, 0x01000193)
  return 1 + ((hash >>> 0) % largest)
}
