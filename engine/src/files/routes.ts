import { asObject, type Release } from '@heddle/metadata'
import { type Context, Hono } from 'hono'
import { badParameter, bodyTooLarge } from '../errors.ts'
import { nothingElse } from '../http/content-policy.ts'
import type { Environment, Services } from '../http/environment.ts'
import { readLimited } from '../http/read-limited.ts'
import { findFile, streamFile } from './read-file.ts'
import { isSafeImage } from './sniff-type.ts'
import { type StoredFile, storeFile } from './store-file.ts'

const megabyte = 1024 * 1024
const defaultLimit = 20
/** What a form adds to the file in it. */
const formBytes = 64 * 1024

/** `/api/files`: upload, then put the id in a file field; download for who may see a record that refers to it. */
export function fileRoutes({ database }: Services): Hono<Environment> {
  const routes = new Hono<Environment>()
  routes.post('/', async (c) => {
    const limit = limitOf(c.var.release)
    const file = await readUpload(c, limit)
    if (file.data.length > limit) throw bodyTooLarge(limit)
    const stored = await storeFile(database, c.var.actor, file)
    return c.json(stored, 201, { location: `/api/files/${stored.id}` })
  })
  routes.get('/:id', async (c) => {
    const file = await findFile({ release: c.var.release, actor: c.var.actor }, database, c.req.param('id'))
    return new Response(streamFile(database, file.id), { headers: downloadHeaders(file) })
  })
  return routes
}

function limitOf(release: Release): number {
  const { limit } = asObject(asObject(release.definitions.get('settings/site')?.body).files)
  return (typeof limit === 'number' ? limit : defaultLimit) * megabyte
}

/** @throws Fault 400 when there is no file in the form, 413 */
async function readUpload(c: Context<Environment>, limit: number): Promise<{ name: string; data: Buffer }> {
  const declared = Number(c.req.header('content-length') ?? 0)
  if (declared > limit + formBytes) throw bodyTooLarge(limit)
  const type = c.req.header('content-type') ?? ''
  const body = await readLimited(c.req.raw, limit + formBytes)
  const file = await parseForm(body, type)
  if (!(file instanceof File)) {
    throw badParameter('file', 'Send the file as the part “file” of a multipart/form-data body.')
  }
  return { name: file.name, data: Buffer.from(await file.arrayBuffer()) }
}

async function parseForm(body: Buffer, type: string) {
  try {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
    return form.get('file')
  } catch {
    return null
  }
}

/** Nothing that was uploaded may run in a browser on our origin; only plain images are shown in place. */
function downloadHeaders({ name, type, size }: StoredFile): Record<string, string> {
  const place = isSafeImage(type) ? 'inline' : 'attachment'
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  return {
    'content-type': type,
    'content-length': String(size),
    'content-disposition': `${place}; filename="${plain}"; filename*=UTF-8''${encodeName(name)}`,
    'content-security-policy': `${nothingElse}; sandbox`,
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, max-age=300',
  }
}

function encodeName(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16)}`)
}
