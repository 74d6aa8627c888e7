import { asObject, type JsonObject } from '@heddle/metadata'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestProduct, type TestProduct } from '../testing/product.ts'
import { sweepFiles } from './sweep-files.ts'

let product: TestProduct
let writer: string
let reader: string
let stranger: string

const verbs = { read: 'all', create: 'all', update: 'all', bulk: 'all' }

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish({
    'entity/note': {
      title: '便条',
      type: 'object',
      properties: {
        name: { title: '名称', 'x-field': { type: 'text' } },
        paper: { title: '文件', 'x-field': { type: 'file' } },
        photos: { title: '照片', 'x-field': { type: 'image', multiple: true } },
      },
      'x-entity': { label: 'name' },
    },
    'role/writer': { title: 'Writer', entities: { note: { verbs } } },
    'role/reader': { title: 'Reader', entities: { note: { verbs, fields: { paper: 'none' } } } },
    'role/stranger': { title: 'Stranger', entities: {} },
    'settings/site': { files: { limit: 1 } },
  })
  writer = await product.key('writer')
  reader = await product.key('reader')
  stranger = await product.key('stranger')
})
afterAll(() => product.stop())

const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(300_000, 7)])

async function upload(
  data: Buffer | string,
  name: string,
  key = writer,
): Promise<{ status: number; body: JsonObject }> {
  const form = new FormData()
  form.append('file', new File([new Uint8Array(Buffer.from(data))], name))
  const response = await product.send('/api/files', { method: 'POST', body: form }, key)
  return { status: response.status, body: asObject(await response.json()) }
}

const statusOf = async (id: unknown, key: string) => (await product.send(`/api/files/${id}`, {}, key)).status

const create = (data: unknown, key = writer) => product.request('POST', '/api/records/note', data, { key })

describe('an uploaded file', () => {
  it('comes back byte for byte, pictures in place', async () => {
    const { status, body } = await upload(png, '布样.png')
    expect(status).toBe(201)
    expect(body).toEqual({ id: expect.any(String), name: '布样.png', type: 'image/png', size: png.length })
    const answer = await product.send(`/api/files/${body.id}`, {}, writer)
    expect(Buffer.from(await answer.arrayBuffer()).equals(png)).toBe(true)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(png.length),
      'content-disposition': `inline; filename="__.png"; filename*=UTF-8''%E5%B8%83%E6%A0%B7.png`,
      'x-content-type-options': 'nosniff',
    })
  })

  it('cannot run in the browser, whatever it calls itself', async () => {
    const { body } = await upload('<script>alert(1)</script>', '../../x".html')
    expect(body).toMatchObject({ name: 'x".html', type: 'text/plain; charset=utf-8' })
    const { headers } = await product.send(`/api/files/${body.id}`, {}, writer)
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="x_.html"; /)
    expect(headers.get('content-security-policy')).toContain('sandbox')
  })

  it.each([
    ['a\r\nset-cookie: x=1.txt', 'aset-cookie: x=1.txt', 'aset-cookie%3A%20x%3D1.txt'],
    ['a"; filename="b.exe', 'a_; filename=_b.exe', 'a%22%3B%20filename%3D%22b.exe'],
    ['..\\..\\boot.ini', 'boot.ini', 'boot.ini'],
    ['/etc/passwd', 'passwd', 'passwd'],
    ['100%.pdf', '100_.pdf', '100%25.pdf'],
    ['\u202Egnp.exe', 'gnp.exe', 'gnp.exe'],
    ["it's (1)*.txt", "it's (1)*.txt", 'it%27s%20%281%29%2a.txt'],
    ['..', '..', '..'],
  ])('is downloaded under a name that says nothing else: %j', async (name, plain, encoded) => {
    const { body } = await upload('<svg onload="alert(1)"/>', name)
    const { headers } = await product.send(`/api/files/${body.id}`, {}, writer)
    expect(headers.get('content-disposition')).toBe(`attachment; filename="${plain}"; filename*=UTF-8''${encoded}`)
    expect(headers.get('set-cookie')).toBeNull()
  })

  it('is refused when it is too large or not there', async () => {
    expect(await upload(Buffer.alloc(1024 * 1024 + 1), 'large.bin')).toMatchObject({
      status: 413,
      body: { code: 'body.tooLarge', limit: 1024 * 1024 },
    })
    expect((await upload(Buffer.alloc(3 * 1024 * 1024), 'larger.bin')).status).toBe(413)
    expect((await product.request('POST', '/api/files', { file: 'x' })).status).toBe(400)
  })

  it('is read by its sender, and by others through a record and a field that they may see', async () => {
    const { body: paper } = await upload('paper', 'paper.txt')
    const { body: photo } = await upload(png, 'photo.png')
    expect(await Promise.all([writer, reader, stranger].map((key) => statusOf(photo.id, key)))).toEqual([200, 404, 404])
    const note = await create({ paper: paper.id, photos: [photo.id] })
    expect(note).toMatchObject({ status: 201, body: { paper: paper.id, photos: [photo.id] } })
    expect(await Promise.all([writer, reader, stranger].map((key) => statusOf(photo.id, key)))).toEqual([200, 200, 404])
    expect(await statusOf(paper.id, reader)).toBe(404)
    const path = `/api/records/note/${note.body.id}`
    await product.request('PATCH', path, { photos: [] }, { headers: { 'if-match': '*' } })
    expect(await statusOf(photo.id, reader)).toBe(404)
  })
})

describe('a file field', () => {
  it('refers to existing files only', async () => {
    const missing = '0190f300-0000-7000-8000-000000000000'
    for (const data of [{ paper: missing }, { photos: [missing] }]) {
      const answer = await create(data)
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ code: 'reference.unknown' }] } })
    }
    expect((await product.request('GET', '/api/records/note?paper=')).body.items).not.toMatchObject([
      { paper: missing },
    ])
  })

  it('gives nobody a file that they could not read before', async () => {
    const { body: secret } = await upload('secret', 'secret.txt')
    expect((await create({ photos: [secret.id] }, reader)).status).toBe(422)
    const shared = await create({ photos: [secret.id] })
    expect(shared.status).toBe(201)
    expect((await create({ photos: [secret.id] }, reader)).status).toBe(201)
  })

  it('works in a batch', async () => {
    const { body: first } = await upload('1', '1.txt')
    const answer = await product.request(
      'POST',
      '/api/records/note/batch',
      {
        mode: 'all',
        operations: [
          { op: 'create', data: { paper: first.id } },
          { op: 'create', data: { paper: '0190f300-0000-7000-8000-000000000000' } },
        ],
      },
      { key: writer },
    )
    expect(answer).toMatchObject({
      status: 422,
      body: { operation: 1, errors: [{ path: '/operations/1/data/paper' }] },
    })
  })
})

describe('the sweep', () => {
  const age = (id: unknown) => product.database.sql`
    update heddle.file set created_at = created_at - interval '2 days', unlinked_at = unlinked_at - interval '2 days'
    where id = ${String(id)}`

  it('removes what no record has referred to for a day', async () => {
    const ids: unknown[] = []
    for (const name of ['loose', 'fresh', 'kept', 'replaced', 'purged']) ids.push((await upload(name, name)).body.id)
    const [loose, fresh, kept, replaced, purged] = ids
    await create({ paper: kept })
    const note = await create({ paper: replaced })
    const gone = await create({ paper: purged })
    const any = { headers: { 'if-match': '*' } }
    await product.request('DELETE', `/api/records/note/${gone.body.id}?purge=true`, undefined, any)
    for (const id of [loose, kept, replaced, purged]) await age(id)
    await product.request('PATCH', `/api/records/note/${note.body.id}`, { paper: null }, any)
    await sweepFiles(product.database.sql)
    const left = await product.database.sql`select id from heddle.file where id = any(${ids.map(String)}::uuid[])`
    expect(new Set(left.map(({ id }) => id))).toEqual(new Set([fresh, kept, replaced]))
    const chunks = await product.database.sql`select 1 from heddle.file_chunk where file = ${String(loose)}`
    expect(chunks).toHaveLength(0)
  })
})
