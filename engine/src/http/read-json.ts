import type { Context } from 'hono'
import { bodyTooDeep, bodyTooLarge, malformedJson } from '../errors.ts'
import { readLimited } from './read-limited.ts'

/** Bodies may have this many bytes. */
export const bodyLimit = 4 * 1024 * 1024
/** And this many levels of nesting. */
const depthLimit = 32

/** The request's JSON body. @throws Fault 400 when it is not JSON or nested too deep, 413 when too large */
export async function readJson(c: Context): Promise<unknown> {
  const declared = Number(c.req.header('content-length') ?? Number.NaN)
  if (declared > bodyLimit) throw bodyTooLarge(bodyLimit)
  const text = Number.isNaN(declared) ? (await readLimited(c.req.raw, bodyLimit)).toString() : await c.req.text()
  if (text.trim() === '') throw malformedJson('it is empty.')
  const value = parse(text)
  if (depthOf(value, depthLimit) > depthLimit) throw bodyTooDeep(depthLimit)
  return value
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw malformedJson(error instanceof Error ? error.message.slice(0, 200) : 'it cannot be parsed.')
  }
}

/** The depth of nesting, looked for no further than just past `limit`. */
function depthOf(value: unknown, limit: number): number {
  if (typeof value !== 'object' || value === null) return 0
  if (limit < 0) return 1
  let deepest = 0
  for (const child of Object.values(value)) {
    if (typeof child === 'object') deepest = Math.max(deepest, depthOf(child, limit - 1))
  }
  return deepest + 1
}
