import { asObject, type JsonObject } from '@heddle/metadata'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

const text = (title: string): JsonObject => ({ title, 'x-field': { type: 'text' } })
const file = (title: string): JsonObject => ({ title, 'x-field': { type: 'file' } })

const part = (properties: JsonObject): JsonObject => ({
  title: '部分',
  type: 'object',
  required: ['whole'],
  properties: {
    whole: { title: '整体', 'x-field': { type: 'lookup', entity: 'item', master: true } },
    label: text('标签'),
    ...properties,
  },
  'x-entity': { label: 'label' },
})

const definitions: { readonly [address: string]: JsonObject } = {
  'entity/item': {
    title: '条目',
    type: 'object',
    properties: {
      name: text('名称'),
      above: { title: '上级', 'x-field': { type: 'lookup', entity: 'item', onDelete: 'cascade' } },
      parts: { title: '部分', 'x-field': { type: 'lines', entity: 'part', by: 'whole' } },
    },
    'x-entity': { label: 'name' },
  },
  'entity/part': part({
    paper: file('文件'),
    sketch: file('草图'),
  }),
  'entity/note': {
    title: '便条',
    type: 'object',
    properties: { about: { title: '有关', 'x-field': { type: 'lookup', entity: 'item' } } },
  },
  'settings/site': { locales: ['zh-CN', 'en'] },
  'translation/en': { 'entity/note': { '/title': 'Note', '/properties/about/title': 'About' } },
}

let product: TestProduct
const any = { headers: { 'if-match': '*' } }

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish(definitions)
})
afterAll(() => product.stop())

const create = async (entity: string, data: JsonObject): Promise<string> => {
  const { status, body } = await product.request('POST', `/api/records/${entity}`, data)
  expect(status).toBe(201)
  return String(body.id)
}

const remove = (entity: string, id: string, query = '') =>
  product.request('DELETE', `/api/records/${entity}/${id}${query}`, undefined, any)

async function upload(name: string): Promise<string> {
  const form = new FormData()
  form.append('file', new File([name], name))
  const response = await product.send('/api/files', { method: 'POST', body: form })
  return String(asObject(await response.json()).id)
}

const unlinked = async (file: string) => {
  const rows = await product.database.sql`
    select 1 from heddle.file f where id = ${file} and unlinked_at is not null
      and not exists (select 1 from heddle.file_link where file = f.id)`
  return rows.length === 1
}

const purgedEvents = async (id: string) => {
  const rows = await product.database.sql`select 1 from heddle.event where record = ${id} and kind = 'purged'`
  return rows.length
}

async function linesOf(item: string): Promise<string[]> {
  const rows = await product.database.sql`select id from app.part where whole = ${item} order by _position`
  return rows.map(({ id }) => String(id))
}

describe('a purged record', () => {
  it('takes all that is known of its lines along, and of what goes with it by a lookup', async () => {
    const paper = await upload('paper')
    const top = await create('item', { name: '顶' })
    const below = await create('item', { name: '下', above: top, parts: [{ label: '一', paper }, { label: '二' }] })
    const [first = '', second = ''] = await linesOf(below)
    await product.request('POST', `/api/records/part/${first}/comments`, { text: '看' })
    expect((await remove('item', top, '?purge=true')).status).toBe(204)
    for (const id of [top, below, first, second]) expect(await purgedEvents(id)).toBe(1)
    expect(await product.database.sql`select 1 from heddle.comment where record = ${first}`).toHaveLength(0)
    expect(await unlinked(paper)).toBe(true)
  })

  it('goes with a ring of records that go with each other', async () => {
    const one = await create('item', { name: '环' })
    const two = await create('item', { name: '环', above: one })
    await product.request('PATCH', `/api/records/item/${one}`, { above: two }, any)
    expect((await remove('item', one, '?purge=true')).status).toBe(204)
    for (const id of [one, two]) expect(await purgedEvents(id)).toBe(1)
  })

  it('leaves no file behind in a hidden field', async () => {
    const sketch = await upload('sketch')
    const item = await create('item', { name: '藏', parts: [{ label: '一', sketch }] })
    await product.publish({ 'entity/part': part({}) })
    expect((await remove('item', item, '?purge=true')).status).toBe(204)
    expect(await unlinked(sketch)).toBe(true)
    await product.publish({ 'entity/part': definitions['entity/part'] ?? {} })
  })

  it('stays while a record in the trash points to it, which is told in words', async () => {
    const item = await create('item', { name: '被指' })
    const note = await create('note', { about: item })
    const refusal = async () =>
      (
        await product.request('DELETE', `/api/records/item/${item}?purge=true`, undefined, {
          headers: { ...any.headers, 'accept-language': 'en' },
        })
      ).body
    const live = await refusal()
    expect(live).toMatchObject({ code: 'record.referenced', entity: 'note', field: 'about' })
    expect(live.detail).toContain('“About” of “Note”')
    await remove('note', note)
    expect(await refusal()).toMatchObject({
      code: 'record.referenced',
      entity: 'note',
      field: 'about',
      detail: live.detail,
    })
    await remove('note', note, '?purge=true')
    expect((await remove('item', item, '?purge=true')).status).toBe(204)
  })
})
