import { asObject, type Json } from '@heddle/metadata'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { catalogue } from '../testing/catalogue.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

let product: TestProduct
let first: { id: string; path: string }

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish({
    ...catalogue,
    'role/clerk': {
      title: '职员',
      entities: {
        project: { verbs: { read: 'all' }, fields: { amount: 'none', third: 'none' } },
        area: { verbs: { read: 'all' } },
      },
    },
    'role/outsider': {
      title: '外人',
      entities: { project: { verbs: { read: 'all' }, fields: { amount: 'none', third: 'none' } } },
    },
  })
  const region = await product.request('POST', '/api/records/region', { name: '华东', factor: 1.125 })
  const area = await product.request('POST', '/api/records/area', { name: '滨州', region: region.body.id ?? '' })
  for (const [name, amount] of Object.entries({ one: 10.55, two: 3, three: null })) {
    const notes = [{ text: 'a', pages: 3 }]
    const { body } = await product.request('POST', '/api/records/project', { name, amount, area: area.body.id, notes })
    first ??= { id: String(body.id), path: `/api/records/project/${body.id}` }
  }
})
afterAll(() => product.stop())

const names = (items: Json | undefined) => (Array.isArray(items) ? items.map((item) => asObject(item).name) : [])
const list = (query: string, options = {}) =>
  product.request('GET', `/api/records/project?${query}`, undefined, options)

describe('formula fields', () => {
  it('are shown with their JSON type and scale in the record, its lines, the list and the answers of writes', async () => {
    const expected = { doubled: 21.1, third: 7.033, weighed: 11.87, pages: 3, is_old: null, heading: 'one' }
    expect((await product.request('GET', first.path)).body).toMatchObject({ ...expected, notes: [{ share: 0.2844 }] })
    expect((await list('name=one')).body.items).toMatchObject([expected])
    const area = await product.request('POST', '/api/records/area', { name: '青岛' })
    expect(area.body).toMatchObject({ full_name: null })
    const patched = await product.request(
      'PATCH',
      `/api/records/area/${area.body.id}`,
      { region: null, name: '烟台' },
      { headers: { 'if-match': '*' } },
    )
    expect(patched.body).toMatchObject({ name: '烟台', full_name: null })
  })

  it('name records in _related', async () => {
    expect((await product.request('GET', first.path)).body._related).toMatchObject({ area: { label: '滨州/华东' } })
  })

  it('are sorted, paged and filtered by', async () => {
    const page = await list('sort=-weighed&limit=1')
    expect(names(page.body.items)).toEqual(['one'])
    const rest = await list(`sort=-weighed&fields=name&after=${page.body.next}`)
    expect(names(rest.body.items)).toEqual(['two', 'three'])
    expect(names((await list('doubled=6')).body.items)).toEqual(['two'])
    expect(names((await list('doubled=')).body.items)).toEqual(['three'])
    expect(names((await list('fields=name,doubled&sort=third')).body.items)).toEqual(['two', 'one', 'three'])
  })

  it('are denied like other fields; what they are worked out from need not be readable', async () => {
    const key = await product.key('clerk')
    const { body } = await list('name=one', { key })
    expect(body.items).toMatchObject([{ doubled: 21.1, weighed: 11.87 }])
    expect(JSON.stringify(body.items)).not.toContain('"third"')
    expect((await list('sort=third', { key })).status).toBe(422)
    expect((await list('third=1', { key })).status).toBe(422)
  })

  it('cannot be sorted by when they or others hold no single value', async () => {
    for (const field of ['notes', 'size', 'labels', 'place']) {
      expect(await list(`sort=${field}`)).toMatchObject({ status: 422, body: { code: 'field.unsuited' } })
    }
  })
})

describe('a kept statement', () => {
  it('shows a role no label that only another role may see', async () => {
    const [clerk, outsider] = [await product.key('clerk'), await product.key('outsider')]
    expect((await list('name=one', { key: clerk })).body.items).toMatchObject([
      { _related: { area: { label: '滨州/华东' } } },
    ])
    expect((await list('name=one', { key: outsider })).body.items).toMatchObject([
      { _related: { area: { label: null } } },
    ])
  })
})
