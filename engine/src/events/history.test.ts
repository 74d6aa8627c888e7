import { asObject, type JsonObject } from '@heddle/metadata'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { library } from '../testing/definitions.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

let product: TestProduct
let readerKey: string

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish({
    ...library,
    'role/reader': {
      title: 'Reader',
      entities: {
        article: { verbs: { read: 'all', create: 'all' }, fields: { length: 'none' } },
        section: { verbs: { read: 'all' } },
      },
    },
    'role/stranger': { title: 'Stranger', entities: { author: { verbs: { read: 'all' } } } },
  })
  readerKey = await product.key('reader')
})
afterAll(() => product.stop())

const itemsOf = (body: JsonObject) => (Array.isArray(body.items) ? body.items.map(asObject) : [])
const any = { headers: { 'if-match': '*' } }

async function createArticle(data: JsonObject = {}): Promise<string> {
  const { body } = await product.request('POST', '/api/records/article', { title: '日出', kind: 'essay', ...data })
  return `/api/records/article/${body.id}`
}

describe('the history of a record', () => {
  it('tells who changed what and when, newest first', async () => {
    const path = await createArticle()
    await product.request('PATCH', path, { title: '日出(二)', length: 9.5 }, any)
    await product.request('DELETE', path, undefined, any)
    const { body } = await product.request('GET', `${path}/history`)
    expect(body.next).toBeNull()
    expect(itemsOf(body)).toMatchObject([
      { kind: 'deleted', changes: {} },
      { kind: 'updated', changes: { title: ['日出', '日出(二)'], length: [null, 9.5] }, cause: null },
      {
        kind: 'created',
        changes: { title: [null, '日出'], kind: [null, 'essay'] },
        by: { id: expect.any(String), name: 'test' },
        at: expect.stringMatching(/^\d{4}-.*Z$/),
      },
    ])
  })

  it('leaves out what the reader may not see', async () => {
    const path = await createArticle({ length: 3 })
    await product.request('PATCH', path, { length: 4 }, any)
    await product.request('PATCH', path, { length: 5, title: '雷雨' }, any)
    const { body } = await product.request('GET', `${path}/history`, undefined, { key: readerKey })
    expect(itemsOf(body).map(({ kind, changes }) => [kind, changes])).toEqual([
      ['updated', { title: ['日出', '雷雨'] }],
      ['created', { title: [null, '日出'], kind: [null, 'essay'] }],
    ])
    const key = await product.key('stranger')
    expect((await product.request('GET', `${path}/history`, undefined, { key })).status).toBe(403)
    const missing = '/api/records/article/0190f300-0000-7000-8000-000000000000/history'
    expect((await product.request('GET', missing)).status).toBe(404)
  })

  it('is paged without losing or repeating an entry', async () => {
    const path = await createArticle()
    for (const title of ['a', 'b', 'c', 'd']) await product.request('PATCH', path, { title }, any)
    const titles: unknown[] = []
    let after = ''
    do {
      const { body } = await product.request('GET', `${path}/history?limit=2${after}`)
      titles.push(...itemsOf(body).map(({ changes }) => asObject(changes).title))
      after = body.next === null ? '' : `&after=${body.next}`
    } while (after !== '')
    expect(titles).toEqual([
      ['c', 'd'],
      ['b', 'c'],
      ['a', 'b'],
      ['日出', 'a'],
      [null, '日出'],
    ])
    expect((await product.request('GET', `${path}/history?after=x`)).status).toBe(400)
  })
})

describe('the timeline of a record', () => {
  it('merges its changes, those of its lines, and comments', async () => {
    const path = await createArticle({ sections: [{ heading: '第一幕', pages: 3 }] })
    const { body: article } = await product.request('GET', path)
    const [section] = Array.isArray(article.sections) ? article.sections.map(asObject) : []
    await product.request('POST', `${path}/comments`, { text: '好' })
    await product.request('PATCH', path, { sections: [{ id: section?.id, pages: 4 }] }, any)
    await product.request('PATCH', path, { sections: [] }, any)
    const { body } = await product.request('GET', `${path}/timeline`)
    const told = itemsOf(body).map(({ kind, entity, changes, comment }) => [
      entity,
      kind,
      comment === undefined ? changes : asObject(comment).text,
    ])
    expect(told).toEqual([
      ['section', 'deleted', {}],
      ['article', 'updated', {}],
      ['section', 'updated', { pages: [3, 4] }],
      ['article', 'updated', {}],
      ['article', 'commented', '好'],
      ['section', 'created', { article: [null, article.id], heading: [null, '第一幕'], pages: [null, 3] }],
      ['article', 'created', { title: [null, '日出'], kind: [null, 'essay'] }],
    ])
    const saves = itemsOf(body).map(({ transaction }) => transaction)
    const first = saves.map((save) => saves.indexOf(save))
    expect(first, 'what one save did has one transaction').toEqual([0, 0, 2, 2, 4, 5, 5])
    const history = await product.request('GET', `${path}/history`)
    expect(itemsOf(history.body).map(({ kind }) => kind)).toEqual(['updated', 'updated', 'created'])
  })
})

describe('comments', () => {
  it('are read newest first with the people they mention', async () => {
    const path = await createArticle()
    const person = await product.request('POST', '/api/users', { email: 'reader@example.com', name: '巴金' })
    const first = await product.request('POST', `${path}/comments`, { text: ' 请看 ', mentions: [person.body.id] })
    expect(first).toMatchObject({
      status: 201,
      body: { text: '请看', mentions: [{ id: person.body.id, name: '巴金' }], by: { name: 'test' } },
    })
    await product.request('POST', `${path}/comments`, { text: '收到' }, { key: readerKey })
    const { body } = await product.request('GET', `${path}/comments`)
    expect(itemsOf(body)).toMatchObject([{ text: '收到', by: { name: 'reader' } }, first.body])
  })

  const refused: [string, unknown, string][] = [
    ['empty', { text: '  ' }, '/text'],
    ['without text', {}, '/text'],
    ['for nobody there is', { text: 'x', mentions: ['0190f300-0000-7000-8000-000000000000'] }, '/mentions/0'],
  ]
  it.each(refused)('%s are refused', async (_, input, path) => {
    const answer = await product.request('POST', `${await createArticle()}/comments`, input)
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path }] } })
  })

  it('need a record that is not in the trash and that the writer may see', async () => {
    const path = await createArticle()
    const key = await product.key('stranger')
    expect((await product.request('POST', `${path}/comments`, { text: 'x' }, { key })).status).toBe(403)
    await product.request('DELETE', path, undefined, any)
    expect((await product.request('POST', `${path}/comments`, { text: 'x' })).status).toBe(409)
  })
})
