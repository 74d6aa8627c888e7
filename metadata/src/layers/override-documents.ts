import type { Address } from '../definition.ts'
import { asObject, type Json, type JsonObject } from '../json.ts'
import type { Override } from './fold.ts'

/**
 * Overrides of one address as people read and write them: a map by path, in order. `value` replaces `base`, `removed`
 * takes it away, `after` alone moves it; `after` null puts it first.
 */
export function overridesToDocument(overrides: readonly Override[]): JsonObject {
  const entries = new Map<string, JsonObject>()
  // A move and a replacement at one path are one entry.
  for (const override of overrides) entries.set(override.path, { ...entries.get(override.path), ...entryOf(override) })
  return Object.fromEntries(entries)
}

/** The inverse of {@link overridesToDocument}, for a document that fits the schema of overrides. */
export function documentToOverrides(address: Address, document: JsonObject): Override[] {
  return Object.entries(document).map(([path, entry]) => overrideOf(address, path, asObject(entry)))
}

function entryOf(override: Override): JsonObject {
  if (override.op === 'remove') return { base: override.base, removed: true }
  const place: JsonObject = override.after === undefined ? {} : { after: override.after }
  if (override.op === 'move') return place
  return { ...(override.base === undefined ? {} : { base: override.base }), value: override.value, ...place }
}

function overrideOf(address: Address, path: string, entry: JsonObject): Override {
  if (entry.removed === true) return { address, op: 'remove', path, base: entry.base ?? null }
  const after = anchorOf(entry.after)
  if (entry.value === undefined) return { address, op: 'move', path, after: after ?? null }
  return {
    address,
    op: 'set',
    path,
    value: entry.value,
    ...(entry.base === undefined ? {} : { base: entry.base }),
    ...(after === undefined ? {} : { after }),
  }
}

function anchorOf(after: Json | undefined): string | null | undefined {
  return typeof after === 'string' || after === null ? after : undefined
}
