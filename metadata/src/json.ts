/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | JsonObject
/** A JSON object; key order is meaning in definitions. */
export interface JsonObject {
  [key: string]: Json
}

/** True for a plain JSON object (no array, no null). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value when it is an object, else an empty one: for walking documents that may be broken. */
export function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}

/** The value when it is text, else undefined. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** The text entries of a list; anything else is left out. */
export function asTexts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : []
}

/** Deep equality; the order of object keys counts only when asked for. */
export function isEqual(a: unknown, b: unknown, keyOrder: 'counts' | 'ignored' = 'ignored'): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((entry, index) => isEqual(entry, b[index], keyOrder))
  }
  if (!isObject(a) || !isObject(b)) return false
  const keysA = Object.keys(a)
  const keysB = Object.keys(b)
  if (keysA.length !== keysB.length) return false
  if (keyOrder === 'counts' && keysA.some((key, index) => key !== keysB[index])) return false
  return keysA.every((key) => Object.hasOwn(b, key) && isEqual(a[key], b[key], keyOrder))
}

/** One segment of a JSON Pointer (RFC 6901), escaped. */
export function escapePointer(segment: string): string {
  return segment.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** The pointer to `segments`, e.g. `/properties/name`. */
export function toPointer(segments: readonly string[]): string {
  return segments.map((segment) => `/${escapePointer(segment)}`).join('')
}

/** Whether a JSON Pointer leads to a place or into it. */
export function isWithin(pointer: string, place: string): boolean {
  return pointer === place || pointer.startsWith(`${place}/`)
}

/** The unescaped segments of a JSON Pointer; the empty pointer has none. */
export function parsePointer(pointer: string): string[] {
  if (pointer === '') return []
  return pointer
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** What stands at a pointer, undefined when nothing does. */
export function readPointer(document: Json, pointer: string): Json | undefined {
  let current: Json | undefined = document
  for (const segment of parsePointer(pointer)) {
    if (!isObject(current) || !Object.hasOwn(current, segment)) return undefined
    current = current[segment]
  }
  return current
}
