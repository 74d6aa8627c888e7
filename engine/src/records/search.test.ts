import { afterAll, beforeAll, expect, it } from 'vitest'
import { library } from '../testing/definitions.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

let product: TestProduct
const ids: { [name: string]: unknown } = {}

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish({
    ...library,
    'role/reader': {
      title: 'Reader',
      entities: { article: { verbs: { read: 'all' } }, author: { verbs: { read: 'all' }, fields: { name: 'none' } } },
    },
    'role/stranger': { title: 'Stranger', entities: {} },
    'role/titles': { title: 'Titles', entities: { article: { verbs: { read: 'all' }, fields: { kind: 'none' } } } },
    'role/kinds': { title: 'Kinds', entities: { article: { verbs: { read: 'all' }, fields: { title: 'none' } } } },
  })
  for (const name of ['魏桥', '魏源', 'Wqatson']) {
    ids[name] = (await product.request('POST', '/api/records/author', { name })).body.id
  }
  for (let index = 0; index < 7; index++) {
    await product.request('POST', '/api/records/article', { title: `魏桥 ${index}`, kind: 'essay' })
  }
  const gone = await product.request('POST', '/api/records/author', { name: '魏桥二' })
  const any = { headers: { 'if-match': '*' } }
  await product.request('DELETE', `/api/records/author/${gone.body.id}`, undefined, any)
})
afterAll(() => product.stop())

const search = (query: string, key?: string) =>
  product.request('GET', `/api/search?${query}`, undefined, key === undefined ? {} : { key })

it('finds records of every entity by words and by pinyin initials, newest first and capped for each', async () => {
  const words = await search(`q=${encodeURIComponent('魏桥')}`)
  expect(words.body.items).toEqual([
    ...[6, 5, 4, 3, 2].map((index) => ({ entity: 'article', id: expect.any(String), label: `魏桥 ${index}` })),
    { entity: 'author', id: ids.魏桥, label: '魏桥' },
  ])
  const initials = await search('q=wq&limit=1')
  expect(initials.body.items).toMatchObject([
    { entity: 'article', label: '魏桥 6' },
    { entity: 'author', label: 'Wqatson' },
  ])
  const list = await product.request('GET', '/api/records/author?search=wq&sort=name')
  expect(list.body.items).toHaveLength(2)
})

it('finds nothing by what the reader may not see', async () => {
  const names = encodeURIComponent('魏桥')
  const { body } = await search(`q=${names}`, await product.key('reader'))
  expect(body.items).toHaveLength(5)
  expect(body.items).not.toContainEqual(expect.objectContaining({ entity: 'author' }))
  expect((await search(`q=${names}`, await product.key('stranger'))).body.items).toEqual([])
})

it('finds by the searched fields that the reader may see as by all, and by no other', async () => {
  const { body } = await product.request('POST', '/api/records/article', { title: '青岛 Poplin', kind: 'report' })
  const essay = await product.request('POST', '/api/records/article', { title: 'busboy', kind: 'essay' })
  const found = async (words: string, role: string) => {
    const query = `search=${encodeURIComponent(words)}&limit=2`
    const list = await product.request('GET', `/api/records/article?${query}`, undefined, {
      key: await product.key(role),
    })
    return (list.body.items as { id: string }[]).map(({ id }) => id)
  }
  for (const words of ['青岛', 'qd', 'POPL', 'qd pop']) {
    expect(await found(words, 'titles')).toEqual([body.id])
    expect(await found(words, 'kinds')).toEqual([])
    expect(await found(`${words} 报告`, 'titles')).toEqual([])
  }
  for (const words of ['报告', 'bg', 'report', 'bg 报']) {
    expect(await found(words, 'kinds')).toEqual(words === 'report' ? [] : [body.id])
  }
  // The letters stand inside its title, and are the initials of its kind.
  expect(await found('sb', 'admin')).toContain(essay.body.id)
  expect(await found('sb', 'titles')).toEqual([])
  expect((await search('q=qd', await product.key('titles'))).body.items).toMatchObject([{ label: '青岛 Poplin' }])
  expect((await search('q=qd', await product.key('kinds'))).body.items).toEqual([])
})

it('finds a moment by the day that it is on in the company', async () => {
  await product.publish({
    'entity/visit': {
      title: '来访',
      properties: { at: { title: '时间', 'x-field': { type: 'datetime' } } },
      'x-entity': { label: 'at', search: ['at'] },
    },
  })
  const { body } = await product.request('POST', '/api/records/visit', { at: '2026-01-01T18:00:00Z' })
  const found = await product.request('GET', '/api/records/visit?search=2026-01-02')
  expect(found.body.items).toMatchObject([{ id: body.id }])
})

it('needs something to look for', async () => {
  expect((await search('q=%20')).status).toBe(400)
  expect((await search('q=x&limit=100')).status).toBe(400)
  expect((await search('q=---')).body.items).toEqual([])
})
