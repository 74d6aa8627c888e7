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

it('needs something to look for', async () => {
  expect((await search('q=%20')).status).toBe(400)
  expect((await search('q=x&limit=100')).status).toBe(400)
  expect((await search('q=---')).body.items).toEqual([])
})
