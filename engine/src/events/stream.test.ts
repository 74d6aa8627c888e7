import { asObject, type JsonObject } from '@heddle/metadata'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Connection } from '../storage/connect.ts'
import { library } from '../testing/definitions.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

let product: TestProduct
let readerKey: string
const open: { end(): Promise<void> }[] = []

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish({
    ...library,
    'role/reader': {
      title: 'Reader',
      entities: { author: { verbs: { read: 'all' } }, article: { verbs: { read: 'all' }, fields: { length: 'none' } } },
    },
  })
  readerKey = await product.key('reader')
})
afterEach(async () => {
  for (const stream of open.splice(0)) await stream.end()
})
afterAll(() => product.stop())

interface Message {
  readonly event: string | undefined
  readonly data: JsonObject
  readonly id: string | undefined
}

/** Follows the stream as a browser would. */
async function follow(options: { key?: string; lastEventId?: string } = {}) {
  const headers: Record<string, string> = {}
  if (options.lastEventId !== undefined) headers['last-event-id'] = options.lastEventId
  const response = await product.send('/api/events', { headers }, options.key)
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  const reader = response.body?.getReader()
  if (reader === undefined) throw new Error('The stream has no body.')
  const decoder = new TextDecoder()
  let text = ''
  let lastId: string | undefined
  const nextBlock = async (): Promise<string> => {
    for (;;) {
      const end = text.indexOf('\n\n')
      if (end >= 0) {
        const block = text.slice(0, end)
        text = text.slice(end + 2)
        return block
      }
      const { done, value } = await reader.read()
      if (done) throw new Error('The stream ended.')
      text += decoder.decode(value)
    }
  }
  const next = async (): Promise<Message> => {
    for (;;) {
      const block = await nextBlock()
      const lineOf = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1]
      lastId = lineOf('id') ?? lastId
      const data = lineOf('data')
      if (data !== undefined) return { event: lineOf('event'), data: asObject(JSON.parse(data)), id: lineOf('id') }
    }
  }
  const stream = { next, lastId: () => lastId ?? '', end: () => reader.cancel() }
  open.push(stream)
  return stream
}

const any = { headers: { 'if-match': '*' } }
const create = (entity: string, data: unknown) => product.request('POST', `/api/records/${entity}`, data)

describe('the stream of events', () => {
  it('tells what is committed, in the order of each record', async () => {
    const stream = await follow()
    const { body } = await create('author', { name: '茅盾' })
    const path = `/api/records/author/${body.id}`
    await product.request('PATCH', path, { name: '沈雁冰' }, any)
    await product.request('DELETE', path, undefined, any)
    const messages = [await stream.next(), await stream.next(), await stream.next()]
    expect(messages.map(({ event, data }) => [event, data.entity, data.id, data.kind, data.fields])).toEqual([
      ['record', 'author', body.id, 'created', ['name']],
      ['record', 'author', body.id, 'updated', ['name']],
      ['record', 'author', body.id, 'deleted', []],
    ])
    expect(messages[0]?.data).toMatchObject({ at: expect.any(String), by: expect.any(String) })
  })

  it('tells nobody of records and fields that they may not see', async () => {
    const stream = await follow({ key: readerKey })
    await create('article', { title: '子夜', kind: 'report', length: 7, sections: [{ heading: '一' }] })
    await create('author', { name: '曹禺' })
    expect((await stream.next()).data).toMatchObject({ entity: 'article', fields: ['title', 'kind'] })
    expect((await stream.next()).data).toMatchObject({ entity: 'author' })
  })

  it('loses nothing that a slower transaction commits later with lower ids', async () => {
    const stream = await follow()
    const insert = (sql: Connection, record: string) => sql`
      insert into heddle.event (entity, record, kind, delta) values ('author', ${record}, 'created', '{}')`
    const slow = '0190f300-0000-7000-8000-000000000001'
    const fast = '0190f300-0000-7000-8000-000000000002'
    await product.database.sql.begin(async (transaction) => {
      await insert(transaction, slow)
      await insert(product.database.sql, fast)
      await create('author', { name: '在长事务中' })
      await new Promise((resolve) => setTimeout(resolve, 200))
    })
    await create('author', { name: '在长事务后' })
    const ids = [(await stream.next()).data.id, (await stream.next()).data.id]
    expect(ids).toEqual([slow, fast])
  })

  it('is taken up where it was left', async () => {
    const first = await follow()
    await create('author', { name: '先' })
    const seen = await first.next()
    expect(seen.id).toBeDefined()
    await first.end()
    const missed = await create('author', { name: '中' })
    const second = await follow({ lastEventId: first.lastId() })
    const later = await create('author', { name: '后' })
    expect((await second.next()).data.id).toBe(missed.body.id)
    expect((await second.next()).data.id).toBe(later.body.id)
  })

  it('says so when there is too much to tell, or nothing is known of where it was left', async () => {
    const stream = await follow()
    await product.database.sql`
      insert into heddle.event (entity, record, kind, delta)
      select 'author', gen_random_uuid(), 'created', '{}' from generate_series(1, 1001)`
    expect((await stream.next()).event).toBe('reset')
    const lost = await follow({ lastEventId: 'nonsense' })
    expect((await lost.next()).event).toBe('reset')
  })
})
