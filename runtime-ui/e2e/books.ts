import type { APIRequestContext } from '@playwright/test'
import { expect } from '../../.ci/e2e.ts'
import { publish } from './publish.ts'

/** Books with writers, a menu and two views: what the browser tests of lists and records work on. */
const definitions = {
  'entity/x_writer': {
    title: '作家',
    type: 'object',
    required: ['name'],
    properties: { name: { title: '姓名', 'x-field': { type: 'text' } } },
    'x-entity': { label: 'name', search: ['name'] },
  },
  'entity/x_book': {
    title: '图书',
    type: 'object',
    required: ['title'],
    properties: {
      title: { title: '书名', 'x-field': { type: 'text' } },
      genre: {
        title: '体裁',
        'x-field': {
          type: 'select',
          options: { novel: { title: '小说', color: 'blue' }, essay: { title: '散文', color: 'gold' } },
        },
      },
      pages: { title: '页数', 'x-field': { type: 'integer' } },
      printed_on: { title: '出版日期', 'x-field': { type: 'date' } },
      writer: { title: '作者', 'x-field': { type: 'lookup', entity: 'x_writer' } },
    },
    'x-entity': { label: 'title', search: ['title'] },
  },
  'view/x_book_all': {
    entity: 'x_book',
    title: '全部图书',
    type: 'list',
    default: true,
    columns: { title: { width: 220 }, genre: {}, pages: {}, writer: {} },
    sort: { title: 'asc' },
  },
  'view/x_book_by_genre': {
    entity: 'x_book',
    title: '按体裁',
    type: 'list',
    columns: { title: { width: 220 }, pages: {} },
    group: 'genre',
  },
  'menu/x_books': { title: '书库', order: 1, items: { x_book: { title: '图书', entity: 'x_book', icon: 'book' } } },
}

/** Publishes the books' definitions, with a shelf of books whose titles begin with the word it returns. */
export async function stockShelf(api: APIRequestContext): Promise<string> {
  await publish(api, definitions)
  const word = `b${Date.now().toString(36)}${Math.floor(Math.random() * 1e6).toString(36)}`
  const writer = await create(api, 'x_writer', { name: `${word} 鲁迅` })
  await create(api, 'x_book', { title: `${word} 彷徨`, genre: 'novel', pages: 210, writer })
  await create(api, 'x_book', { title: `${word} 呐喊`, genre: 'novel', pages: 180, writer })
  await create(api, 'x_book', { title: `${word} 朝花夕拾`, genre: 'essay', pages: 150, writer })
  return word
}

async function create(api: APIRequestContext, entity: string, data: object): Promise<string> {
  const answer = await api.post(`/api/records/${entity}`, { data })
  expect(answer.status(), await answer.text()).toBe(201)
  return (await answer.json()).id
}
