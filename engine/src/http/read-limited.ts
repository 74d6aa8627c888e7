import { bodyTooLarge } from '../errors.ts'

/** The bytes of a request's body. @throws Fault 413 as soon as there are more than `limit` */
export async function readLimited(request: Request, limit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > limit) throw bodyTooLarge(limit)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
