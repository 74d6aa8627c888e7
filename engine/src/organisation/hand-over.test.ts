import type { JsonObject } from '@heddle/metadata'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { library } from '../testing/definitions.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

let product: TestProduct
let leaver: string
let successor: string
let unit: string

const address = () => `${Math.random()}@heddle.example`

async function add(kind: 'users' | 'departments', body: object): Promise<string> {
  const answer = await product.request('POST', `/api/${kind}`, body)
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return String(answer.body.id)
}
const addPerson = (more: object = {}) => add('users', { email: address(), name: '某人', ...more })

async function create(entity: string, body: object): Promise<JsonObject> {
  const answer = await product.request('POST', `/api/records/${entity}`, body)
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body
}
const handOver = (body: object, id = leaver) => product.request('POST', `/api/users/${id}/hand-over`, body)
const read = async (entity: string, id: unknown) => (await product.request('GET', `/api/records/${entity}/${id}`)).body
const people = async () => {
  const { body } = await product.request('GET', '/api/users')
  return new Map((Array.isArray(body.items) ? body.items : []).map((each) => [Object(each).id, Object(each)]))
}

beforeAll(async () => {
  product = await startTestProduct()
  const author = { ...library['entity/author'], 'x-entity': { label: 'name', owned: false } }
  const shelf = {
    title: '书架',
    type: 'object',
    properties: {
      mine: {
        title: '我的',
        'x-field': { type: 'rollup', from: 'article', by: 'shelf', count: true, where: 'owner_id != null' },
      },
      theirs: {
        title: '接手人的',
        'x-field': { type: 'rollup', from: 'article', by: 'shelf', count: true, where: 'department_id != null' },
      },
    },
  }
  const article = library['entity/article'] ?? {}
  const properties = {
    ...Object(article.properties),
    shelf: { title: '书架', 'x-field': { type: 'lookup', entity: 'shelf' } },
  }
  await product.publish({
    ...library,
    'entity/author': author,
    'entity/shelf': shelf,
    'entity/article': { ...article, properties },
    'role/reader': { title: '读者', entities: {} },
  })
})
beforeEach(async () => {
  unit = await add('departments', { name: '部门' })
  leaver = await addPerson()
  successor = await addPerson({ department: unit })
})
afterAll(() => product.stop())

describe('what a person hands over', () => {
  it('is counted first, and nothing changes', async () => {
    await addPerson({ manager: leaver })
    await add('departments', { name: '二部', head: leaver })
    const { id } = await create('article', { title: '一', kind: 'essay', owner_id: leaver })
    const counted = { records: [{ entity: 'article', title: '文章', count: 1 }], managed: 1, headed: 1 }
    expect(await handOver({ to: successor, dryRun: true })).toMatchObject({ status: 200, body: counted })
    expect(await read('article', id)).toMatchObject({ owner_id: leaver, version: 1 })
    expect(await handOver({ to: successor })).toMatchObject({ status: 200, body: counted })
    expect((await handOver({ to: successor, dryRun: true })).body).toEqual({ records: [], managed: 0, headed: 0 })
  })

  it('are their records, with the trash, each with its event and in the successor’s department', async () => {
    const shelf = await create('shelf', {})
    const kept = await create('article', { title: '一', kind: 'essay', owner_id: leaver, shelf: shelf.id })
    const trashed = await create('article', { title: '二', kind: 'essay', owner_id: leaver })
    const others = await create('article', { title: '三', kind: 'essay' })
    await product.request('DELETE', `/api/records/article/${trashed.id}`, undefined, { headers: { 'if-match': '*' } })
    expect(await read('shelf', shelf.id)).toMatchObject({ mine: 1, theirs: 0 })
    await handOver({ to: successor })
    const moved = { owner_id: successor, department_id: unit }
    expect(await read('article', kept.id)).toMatchObject({ ...moved, version: 2 })
    expect(await read('article', trashed.id)).toMatchObject({ ...moved, version: 3 })
    expect(await read('article', others.id)).toMatchObject({ owner_id: null, version: 1 })
    expect(await read('shelf', shelf.id)).toMatchObject({ mine: 1, theirs: 1, version: 1 })
    const history = await product.request('GET', `/api/records/article/${kept.id}/history`)
    expect(history.body.items).toMatchObject([{ kind: 'updated', changes: { owner_id: [leaver, successor] } }, {}])
  })

  it('are neither lines, which are their parent’s, nor what belongs to nobody', async () => {
    await create('article', { title: '一', kind: 'essay', sections: [{ heading: '甲', owner_id: leaver }] })
    await create('author', { name: address(), owner_id: leaver })
    expect((await handOver({ to: successor })).body).toMatchObject({ records: [] })
  })

  it('are the people they manage; who comes from below takes their place', async () => {
    const above = await addPerson()
    const first = await addPerson({ manager: leaver })
    const second = await addPerson({ manager: first })
    await product.request('PATCH', `/api/users/${leaver}`, { manager: above })
    await product.request('PATCH', `/api/users/${successor}`, { manager: second })
    expect((await handOver({ to: successor })).body).toMatchObject({ managed: 1 })
    const known = await people()
    expect([successor, first, second].map((id) => known.get(id)?.manager)).toEqual([above, successor, first])
  })

  it('goes along with the end of their access', async () => {
    const email = address()
    leaver = await addPerson({ email, password: 'a long password' })
    const signIn = () =>
      product.send('/api/auth/sign-in/email', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email, password: 'a long password' }),
      })
    const cookie = (await signIn()).headers.get('set-cookie')?.split(';')[0] ?? ''
    const me = async () => (await product.visit('/api/me', { headers: { cookie } })).status
    expect(await me()).toBe(200)
    expect((await handOver({ to: successor, disable: true })).status).toBe(200)
    expect([await me(), (await signIn()).status]).toEqual([401, 401])
    expect((await people()).get(leaver)).toMatchObject({ disabled: true })
  })

  it('is refused to nobody, to themselves and to whoever cannot sign in', async () => {
    const gone = await addPerson()
    await product.request('PATCH', `/api/users/${gone}`, { disabled: true })
    for (const to of [leaver, gone, '0190f300-0000-7000-8000-000000000000']) {
      expect(await handOver({ to })).toMatchObject({ status: 422, body: { errors: [{ path: '/to' }] } })
    }
    expect((await handOver({})).status).toBe(422)
    expect((await handOver({ to: successor }, '0190f300-0000-7000-8000-000000000000')).status).toBe(404)
    const key = await product.key('reader')
    expect((await product.request('POST', `/api/users/${leaver}/hand-over`, { to: successor }, { key })).status).toBe(
      403,
    )
  })
})
