import { is, SQL, StringChunk } from 'drizzle-orm'
import { queryTooLarge } from '../errors.ts'

/** A statement of more characters takes the server longer to plan than a reader may wait. */
const mostCharacters = 256 * 1024
/** What a name or a value becomes in the text, roughly. */
const usualCharacters = 8

/** The composed SQL, unless its text would be too long: parts used many times are written out each time. @throws Fault 422 */
export function boundSize(composed: SQL): SQL {
  if (sizeOf(composed, new Map()) > mostCharacters) throw queryTooLarge(mostCharacters)
  return composed
}

/** Each part is counted once, however often it is used: that is what keeps the count itself short. */
function sizeOf(part: unknown, known: Map<SQL, number>): number {
  if (Array.isArray(part)) return part.reduce<number>((sum, each) => sum + sizeOf(each, known), 0)
  if (is(part, StringChunk)) return part.value.reduce((sum, text) => sum + text.length, 0)
  if (!is(part, SQL)) return usualCharacters
  const size = known.get(part) ?? sizeOf(part.queryChunks, known)
  known.set(part, size)
  return size
}
