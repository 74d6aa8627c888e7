import type { Json, JsonObject } from '@heddle/metadata'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

let product: TestProduct
let serial = 0
/** A fresh entity for each test, with one record in it. */
let name: string
let id: string

const text = (title: string, more: JsonObject = {}): JsonObject => ({ title, ...more, 'x-field': { type: 'text' } })
const number = (title: string, more: JsonObject = {}): JsonObject => ({ title, ...more, 'x-field': { type: 'number' } })
const entity = (properties: JsonObject, more: JsonObject = {}): JsonObject => ({
  title: '条目',
  type: 'object',
  properties,
  ...more,
})

beforeAll(async () => {
  product = await startTestProduct()
})
afterAll(() => product.stop())
beforeEach(async () => {
  await discard()
  name = `note_${++serial}`
  await product.publish({ [`entity/${name}`]: entity({ head: text('标题'), tail: text('尾') }) })
  const { body } = await product.request('POST', `/api/records/${name}`, { head: 'H', tail: 'T' })
  id = String(body.id)
})

const draft = (body: JsonObject, address = `entity/${name}`) =>
  product.request('PUT', `/api/metadata/draft/${address}`, { body }, { headers: { 'if-match': '*' } })
const plan = async () => (await product.request('POST', '/api/metadata/plan')).body
const read = async () => (await product.request('GET', `/api/records/${name}/${id}`)).body
const discard = () => product.request('DELETE', '/api/metadata/draft')

describe('a renamed field', () => {
  const renamed = entity({ subject: text('标题', { 'x-id': 'head' }), tail: text('尾') })

  it('keeps its values without a change of the database', async () => {
    await draft(renamed)
    expect(await plan()).toMatchObject({ findings: [], steps: [] })
    await product.publish({})
    expect(await read()).toMatchObject({ subject: 'H', tail: 'T' })
  })

  it('answers by its old name for one release, in reads, filters, sorting and writes', async () => {
    await product.publish({ [`entity/${name}`]: renamed })
    expect(await read()).toMatchObject({ head: 'H', subject: 'H' })
    const list = await product.request('GET', `/api/records/${name}?head=H&sort=head&fields=head`)
    expect(list.body.items).toMatchObject([{ id, head: 'H' }])
    const path = `/api/records/${name}/${id}`
    const patched = await product.request('PATCH', path, { head: 'H2' }, { headers: { 'if-match': '*' } })
    expect(patched).toMatchObject({ status: 200, body: { subject: 'H2', head: 'H2' } })
    const both = await product.request('PATCH', path, { head: 'a', subject: 'b' }, { headers: { 'if-match': '*' } })
    expect(both).toMatchObject({ status: 422, body: { errors: [{ path: '/head', code: 'field.renamed' }] } })
    expect((await product.request('POST', `/api/records/${name}`, { head: 'new' })).body).toMatchObject({
      subject: 'new',
    })

    await product.publish({ 'menu/other': { title: '菜单', order: 1, items: {} } })
    expect(await read()).not.toHaveProperty('head')
    expect((await product.request('POST', `/api/records/${name}`, { head: 'x' })).status).toBe(422)
  })

  it('is not shown by its old name to who may not read it', async () => {
    const rights = { title: '读者', entities: { [name]: { verbs: { read: 'all' }, fields: { subject: 'none' } } } }
    await product.publish({ [`entity/${name}`]: renamed, [`role/reader_${serial}`]: rights })
    const key = await product.key(`reader_${serial}`)
    const answer = await product.request('GET', `/api/records/${name}/${id}`, undefined, { key })
    expect(answer.body).toMatchObject({ tail: 'T' })
    expect(answer.body).not.toHaveProperty('head')
    expect((await product.request('GET', `/api/records/${name}?head=H`, undefined, { key })).status).toBe(422)
  })

  it('must be renamed wherever it is named; what is forgotten is a finding', async () => {
    const view = (column: string): JsonObject => {
      return { entity: name, title: '列表', type: 'list', columns: { [column]: {} } }
    }
    await product.publish({ [`view/list_${serial}`]: view('head') })
    await draft(renamed)
    expect((await plan()).findings).toMatchObject([
      { severity: 'error', address: `view/list_${serial}`, path: '/columns/head', code: 'field.unknown' },
    ])
    await draft(view('subject'), `view/list_${serial}`)
    expect((await plan()).findings).toEqual([])
    await product.publish({})
  })

  it('changes names with another in one publish', async () => {
    await draft(entity({ tail: text('标题', { 'x-id': 'head' }), head: text('尾', { 'x-id': 'tail' }) }))
    expect(await plan()).toMatchObject({ findings: [], steps: [] })
    await product.publish({})
    expect(await read()).toMatchObject({ head: 'T', tail: 'H' })
    // The identities stay with the names when a later author leaves them out.
    await product.publish({ [`entity/${name}`]: entity({ tail: text('标题'), head: text('尾'), more: text('多') }) })
    expect(await read()).toMatchObject({ head: 'T', tail: 'H', more: null })
  })

  it('leaves its old name free for a new field', async () => {
    await product.publish({
      [`entity/${name}`]: entity({ subject: text('标题', { 'x-id': 'head' }), head: text('头') }),
    })
    expect(await read()).toMatchObject({ subject: 'H', head: null })
    const { body } = await product.request('GET', `/api/metadata/entity/${name}`)
    expect(body).toMatchObject({ body: { properties: { head: { 'x-id': 'head_2' } } } })
  })
})

describe('a renamed entity', () => {
  it('keeps its records and answers by its old name for one release', async () => {
    const to = `renamed_${serial}`
    await draft({ ...entity({ head: text('标题'), tail: text('尾') }), 'x-id': name }, `entity/${to}`)
    await product.request('PUT', `/api/metadata/draft/entity/${name}`, { removed: true })
    expect(await plan()).toMatchObject({ findings: [], steps: [] })
    await product.publish({})
    expect((await product.request('GET', `/api/records/${to}/${id}`)).body).toMatchObject({ head: 'H' })
    expect(await read()).toMatchObject({ head: 'H' })
    expect((await product.request('POST', `/api/records/${name}`, { head: 'old name' })).status).toBe(201)
    await product.publish({ 'menu/other': { title: `菜单 ${serial}`, order: 1, items: {} } })
    expect((await product.request('GET', `/api/records/${name}/${id}`)).status).toBe(404)
    expect((await product.request('GET', `/api/records/${to}/${id}`)).status).toBe(200)
  })

  it('shares its identity with no other', async () => {
    await draft({ ...entity({ head: text('标题') }), 'x-id': name }, `entity/twin_${serial}`)
    expect((await plan()).findings).toMatchObject([{ severity: 'error', code: 'entity.id.duplicate' }])
  })
})

describe('a key that vanished while a like one appeared', () => {
  const cases: [string, JsonObject, string | undefined][] = [
    ['a field with the same title', { subject: text('标题'), tail: text('尾') }, 'field.renamed'],
    ['a field with a similar name', { heads: text('别的'), tail: text('尾') }, 'field.renamed'],
    ['a field of another type', { subject: number('标题'), tail: text('尾') }, undefined],
    ['a field that is nothing like it', { remark: text('备注'), tail: text('尾') }, undefined],
  ]
  it.each(cases)('%s', async (_, properties, code) => {
    await draft(entity(properties))
    const { findings, planHash } = await plan()
    expect(findings).toMatchObject(code === undefined ? [] : [{ severity: 'question', code, hint: /x-id/ }])
    expect(planHash).toBeTruthy()
  })

  it('is asked about for options and entities too, and a question does not forbid publishing', async () => {
    const select = (options: JsonObject) => ({ title: '类', 'x-field': { type: 'select', options } })
    await product.publish({
      [`entity/${name}`]: entity({ kind: select({ one: { title: '一' }, two: { title: '二' } }) }),
    })
    await draft(entity({ kind: select({ first: { title: '一' }, two: { title: '二' } }) }))
    expect((await plan()).findings).toMatchObject([{ severity: 'question', code: 'option.renamed' }])
    await draft(entity({ kind: select({ one: { title: '一' }, two: { title: '二' } }) }), `entity/other_${serial}`)
    await product.request(
      'PUT',
      `/api/metadata/draft/entity/${name}`,
      { removed: true },
      { headers: { 'if-match': '*' } },
    )
    expect((await plan()).findings).toMatchObject([{ severity: 'question', code: 'entity.renamed' }])
    expect(await product.publish({})).toBeGreaterThan(0)
  })
})

describe('a hidden field', () => {
  const without = entity({ tail: text('尾') })

  it('keeps its values and is restored by its identity', async () => {
    await product.publish({ [`entity/${name}`]: without })
    expect(await read()).not.toHaveProperty('head')
    await product.publish({ [`entity/${name}`]: entity({ head: text('标题', { 'x-id': 'head' }), tail: text('尾') }) })
    expect(await read()).toMatchObject({ head: 'H' })
  })

  it('is offered when its name comes back with the same type, which starts empty otherwise', async () => {
    await product.publish({ [`entity/${name}`]: without })
    await draft(entity({ head: text('标题'), tail: text('尾') }))
    expect((await plan()).findings).toMatchObject([
      { severity: 'question', path: '/properties/head', code: 'field.hidden', hint: /"x-id": "head"/ },
    ])
    await product.publish({})
    expect(await read()).toMatchObject({ head: null })
    const { body } = await product.request('GET', `/api/metadata/entity/${name}`)
    expect(body).toMatchObject({ body: { properties: { head: { 'x-id': 'head_2' } } } })
  })

  it('is not offered to a field of another type', async () => {
    await product.publish({ [`entity/${name}`]: without })
    await draft(entity({ head: number('数'), tail: text('尾') }))
    expect((await plan()).findings).toEqual([])
    await product.publish({})
    expect(await read()).toMatchObject({ head: null })
  })

  it('is no longer required or unique, and is again when it comes back', async () => {
    const strict = { title: '标题', 'x-id': 'head', 'x-field': { type: 'text', unique: true } }
    await product.publish({ [`entity/${name}`]: entity({ head: strict, tail: text('尾') }, { required: ['head'] }) })
    await product.publish({ [`entity/${name}`]: without })
    for (const tail of ['1', '2']) {
      expect((await product.request('POST', `/api/records/${name}`, { tail })).status).toBe(201)
    }
    await draft(entity({ head: strict, tail: text('尾') }, { required: ['head'] }))
    expect((await plan()).steps).toMatchObject([
      {},
      { class: 'guarded', failing: [{ label: null }, { label: null }] },
      { class: 'guarded' },
    ])
  })
})

describe('what comes back from hiding is checked against what the field is now:', () => {
  const select = (...keys: string[]): JsonObject => {
    const options = Object.fromEntries(keys.map((key) => [key, { title: key }]))
    return { title: '类', 'x-id': 'kind', 'x-field': { type: 'select', options } }
  }
  const grouped = (...keys: string[]): JsonObject => {
    return { title: '组', 'x-id': 'kind', 'x-field': { type: 'group' }, properties: { part: select(...keys) } }
  }
  const links = (to: string): JsonObject => ({
    title: '人',
    'x-id': 'kind',
    'x-field': { type: 'many-to-many', entity: to },
  })
  const email: JsonObject = { title: '类', 'x-id': 'kind', 'x-field': { type: 'email' } }
  const cases: [string, JsonObject, () => Json, JsonObject, string][] = [
    ['an option that is gone', select('a', 'b'), () => 'a', select('b'), 'publish.option.used'],
    ['one in a group', grouped('a', 'b'), () => ({ part: 'a' }), grouped('b'), 'publish.option.used'],
    ['a type with the same column', text('类', { 'x-id': 'kind' }), () => 'x', email, 'field.type.hidden'],
    ['links to another entity', links('reader'), () => [reader], links('writer'), 'publish.links.elsewhere'],
  ]
  let reader = ''

  beforeAll(async () => {
    await discard()
    await product.publish({
      'entity/reader': entity({ head: text('人') }),
      'entity/writer': entity({ head: text('人') }),
    })
    reader = String((await product.request('POST', '/api/records/reader', { head: 'R' })).body.id)
  })

  it.each(cases)('%s', async (_, was, value, now, code) => {
    await product.publish({ [`entity/${name}`]: entity({ tail: text('尾'), kind: was }) })
    const made = await product.request('POST', `/api/records/${name}`, { tail: 'T2', kind: value() })
    expect(made.status).toBe(201)
    const codes = async () => [(await plan()).findings].flat().map((finding) => Object(finding).code)

    await product.publish({ [`entity/${name}`]: entity({ tail: text('尾') }) })
    await draft(entity({ tail: text('尾'), kind: now }))
    expect(await codes()).toEqual([code])
    await draft(entity({ tail: text('尾'), kind: was }))
    expect(await codes()).toEqual([])
    await product.publish({ [`entity/${name}`]: null })
    await draft(entity({ tail: text('尾'), kind: now }, { 'x-id': name }))
    expect(await codes()).toEqual([code])
    await product.publish({ [`entity/${name}`]: entity({ tail: text('尾'), kind: was }, { 'x-id': name }) })
    const { body } = await product.request('GET', `/api/records/${name}/${made.body.id}`)
    expect(body).toMatchObject({ kind: value() })
  })

  it('links that nobody made may lead elsewhere', async () => {
    await product.publish({ [`entity/${name}`]: entity({ tail: text('尾'), kind: links('reader') }) })
    await product.publish({ [`entity/${name}`]: entity({ tail: text('尾') }) })
    await product.publish({ [`entity/${name}`]: entity({ tail: text('尾'), kind: links('writer') }) })
    const writer = String((await product.request('POST', '/api/records/writer', { head: 'W' })).body.id)
    const made = await product.request('POST', `/api/records/${name}`, { kind: [writer] })
    expect(made).toMatchObject({ status: 201, body: { kind: [writer] } })
  })
})

describe('a hidden entity', () => {
  it('comes back with its records when its removal is lifted', async () => {
    await product.publish({ [`entity/${name}`]: null })
    expect((await product.request('GET', `/api/records/${name}/${id}`)).status).toBe(404)
    const lifted = await product.request('PUT', `/api/metadata/draft/entity/${name}`, { removed: false })
    expect(lifted.body).toMatchObject({ removed: false, body: { 'x-id': name, title: '条目' } })
    await product.publish({})
    expect(await read()).toMatchObject({ head: 'H', tail: 'T' })
  })

  it('is offered when its name comes back, which starts empty otherwise', async () => {
    await product.publish({ [`entity/${name}`]: null })
    await draft(entity({ head: text('标题') }))
    expect((await plan()).findings).toMatchObject([{ severity: 'question', code: 'entity.hidden' }])
    await product.publish({})
    expect((await product.request('GET', `/api/records/${name}`)).body.items).toEqual([])
  })
})

describe('a release from before a renaming', () => {
  const restore = async (release: number) => {
    expect((await product.request('POST', `/api/metadata/releases/${release}/restore`)).status).toBe(200)
    await product.publish({})
  }

  it('comes back with the values of a field', async () => {
    const first = product.live.release.number
    await product.publish({
      [`entity/${name}`]: entity({ subject: text('标题', { 'x-id': 'head' }), tail: text('尾') }),
    })
    await restore(first)
    expect(await read()).toMatchObject({ head: 'H', tail: 'T' })
  })

  it('comes back with the values of fields that changed names with each other', async () => {
    const first = product.live.release.number
    const swapped = entity({ head: text('标题', { 'x-id': 'tail' }), tail: text('尾', { 'x-id': 'head' }) })
    await product.publish({ [`entity/${name}`]: swapped })
    expect(await read()).toMatchObject({ head: 'T', tail: 'H' })
    await restore(first)
    expect(await read()).toMatchObject({ head: 'H', tail: 'T' })
  })

  it('comes back with the records of an entity, renamed fields included', async () => {
    const first = product.live.release.number
    const moved = entity({ subject: text('标题', { 'x-id': 'head' }), tail: text('尾') }, { 'x-id': name })
    await product.publish({ [`entity/${name}`]: null, [`entity/moved_${serial}`]: moved })
    await restore(first)
    expect(await read()).toMatchObject({ head: 'H', tail: 'T' })
  })

  it('names no identity that goes without saying', async () => {
    const first = product.live.release.number
    await product.publish({
      [`entity/${name}`]: entity({ subject: text('标题', { 'x-id': 'head' }), tail: text('末') }),
    })
    await restore(first)
    const { body } = await product.request('GET', `/api/metadata/entity/${name}`)
    expect(body.body).toEqual(entity({ head: text('标题', { 'x-id': 'head' }), tail: text('尾') }))
  })
})
