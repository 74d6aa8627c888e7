import type { Context } from 'hono'
import { bodyTooLarge, malformedJson } from '../errors.ts'
import { refuseFlaws } from './json-flaws.ts'
import { readLimited } from './read-limited.ts'

/** Bodies may have this many bytes. */
const bodyLimit = 4 * 1024 * 1024
const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * The request's JSON body.
 * @throws Fault 400 when it is no JSON in UTF-8, nested too deep or holds what nothing can keep, 413 when too large
 */
export async function readJson(c: Context): Promise<unknown> {
  const text = decode(await readBody(c))
  if (text.trim() === '') throw malformedJson('it is empty.')
  const value = parse(text)
  refuseFlaws(value)
  return value
}

/** The bytes of the request's body. @throws Fault 413 when too large */
export async function readBody(c: Context): Promise<Buffer | ArrayBuffer> {
  const declared = Number(c.req.header('content-length') ?? Number.NaN)
  if (declared > bodyLimit) throw bodyTooLarge(bodyLimit)
  return Number.isNaN(declared) ? readLimited(c.req.raw, bodyLimit) : c.req.arrayBuffer()
}

function decode(bytes: Buffer | ArrayBuffer): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw malformedJson('it holds bytes that are no UTF-8; send it encoded in UTF-8.')
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw malformedJson(error instanceof Error ? error.message.slice(0, 200) : 'it cannot be parsed.')
  }
}
