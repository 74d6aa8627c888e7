import { asObject, type JsonObject } from '@heddle/metadata'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { library } from '../testing/definitions.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

let product: TestProduct

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish(library)
})
afterAll(() => product.stop())

const headers = { 'if-match': '*' }
const send = (method: string, path: string, body?: JsonObject, more = {}) =>
  product.request(method, `/api/records/${path}`, body, { headers: { ...headers, ...more } })
const makeArticle = async (sections: JsonObject[] = []) => {
  const { body } = await send('POST', 'article', { title: 't', kind: 'essay', sections })
  const lines = Array.isArray(body.sections) ? body.sections.map((line) => String(asObject(line).id)) : []
  return { id: String(body.id), lines }
}
const versionOf = async (id: string) => (await send('GET', `article/${id}`)).body.version

describe('a line written by its own address raises the version of its parent:', () => {
  it('created, changed, deleted, restored and purged, but not by a change of nothing', async () => {
    const { id } = await makeArticle()
    const { body } = await send('POST', 'section', { article: id, heading: 'h' })
    const line = `section/${body.id}`
    expect(await versionOf(id)).toBe(2)
    await send('PATCH', line, { heading: 'i' })
    expect(await versionOf(id)).toBe(3)
    await send('PATCH', line, { heading: 'i' })
    expect(await versionOf(id)).toBe(3)
    await send('DELETE', line)
    expect(await versionOf(id)).toBe(4)
    await send('POST', `${line}/restore`)
    expect(await versionOf(id)).toBe(5)
    await send('DELETE', `${line}?purge=true`)
    expect(await versionOf(id)).toBe(6)
    const events = await product.database.sql`
      select kind, delta::text as delta from heddle.event where record = ${id} order by id`
    expect(events.slice(1)).toEqual(Array(5).fill({ kind: 'updated', delta: '{}' }))
  })

  it('whoever read the parent before is told that it changed', async () => {
    const { id, lines } = await makeArticle([{ heading: 'h' }])
    await send('PATCH', `section/${lines[0]}`, { heading: 'i' })
    const stale = await send('PATCH', `article/${id}`, { title: 'u' }, { 'if-match': '"1"' })
    expect(stale).toMatchObject({ status: 412, body: { current: 2 } })
  })

  it('the old and the new parent of one that moves', async () => {
    const from = await makeArticle([{ heading: 'h' }])
    const to = await makeArticle()
    await send('PATCH', `section/${from.lines[0]}`, { article: to.id })
    expect([await versionOf(from.id), await versionOf(to.id)]).toEqual([2, 2])
  })

  it('once for a batch, each parent', async () => {
    const one = await makeArticle([{ heading: 'h' }])
    const other = await makeArticle()
    const create = (article: string) => ({ op: 'create', data: { article, heading: 'b' } })
    const operations = [
      ...[one.id, other.id, one.id].map(create),
      { op: 'update', id: one.lines[0], data: { pages: 2 } },
      create(one.id),
    ]
    for (const mode of ['all', 'each']) {
      const before = [await versionOf(one.id), await versionOf(other.id)].map(Number)
      const wrong = mode === 'each' ? [{ op: 'create', data: { article: other.id } }] : []
      const answer = await product.request('POST', '/api/records/section/batch', {
        mode,
        operations: [...operations, ...wrong],
      })
      expect(answer.status).toBe(200)
      const now = [await versionOf(one.id), await versionOf(other.id)].map(Number)
      expect(now).toEqual(before.map((version) => version + 1))
    }
  })

  it('not when its parent writes it or takes it along', async () => {
    const { id, lines } = await makeArticle([{ heading: 'h' }])
    await send('PATCH', `article/${id}`, { sections: [{ id: lines[0] ?? '', heading: 'i' }, { heading: 'j' }] })
    expect(await versionOf(id)).toBe(2)
    await send('DELETE', `article/${id}`)
    await send('POST', `article/${id}/restore`)
    expect(await versionOf(id)).toBe(4)
  })

  it('twenty at once, of the same and of other lines, all succeed', async () => {
    const { id, lines } = await makeArticle([{ heading: 'a' }, { heading: 'b' }])
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => send('PATCH', `section/${lines[index % 2]}`, { pages: index + 1 })),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200))
    expect(await versionOf(id)).toBe(21)
  })

  it('and what somebody else changes in the parent at the same time waits and sees it', async () => {
    const { id, lines } = await makeArticle([{ heading: 'a' }])
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        index % 2 === 0
          ? send('PATCH', `section/${lines[0]}`, { pages: index + 1 })
          : send('PATCH', `article/${id}`, { sections: [{ id: lines[0] ?? '', heading: `h${index}` }] }),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200))
    expect(await versionOf(id)).toBe(11)
  })
})
