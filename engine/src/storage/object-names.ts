import { createHash } from 'node:crypto'

/** A name of at most 63 bytes for an index or constraint: readable parts, made unique by a digest of all of them. */
export function objectName(prefix: string, ...parts: readonly string[]): string {
  const digest = createHash('sha256').update(parts.join('\u0000')).digest('hex').slice(0, 10)
  return `${prefix}_${parts.join('_').slice(0, 60 - prefix.length - digest.length)}_${digest}`
}
