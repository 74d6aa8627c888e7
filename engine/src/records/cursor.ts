import type { Json } from '@heddle/metadata'
import { badParameter } from '../errors.ts'

/** An opaque cursor: the sort keys of the last record, and the order they belong to. */
export function writeCursor(order: string, keys: readonly Json[]): string {
  return Buffer.from(JSON.stringify([order, ...keys])).toString('base64url')
}

/** The sort keys of a cursor. @throws Fault 400 when it is broken or belongs to another order */
export function readCursor(text: string, order: string, length: number): (string | number | boolean | null)[] {
  const [given, ...keys] = parse(text)
  if (given !== order || keys.length !== length) {
    throw badParameter('after', 'This cursor belongs to another list; send “next” of a list with the same sort order.')
  }
  return keys
}

function parse(text: string): (string | number | boolean | null)[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    if (Array.isArray(value) && value.every((entry) => entry === null || typeof entry !== 'object')) return value
  } catch {
    // Answered below like any other cursor that is not ours.
  }
  throw brokenCursor()
}

/** A cursor that this list never gave. */
export const brokenCursor = () => badParameter('after', '“after” is no cursor; send “next” of the list before it.')
