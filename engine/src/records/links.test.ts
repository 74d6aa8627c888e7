import { asObject, type Json, type JsonObject } from '@heddle/metadata'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { catalogue } from '../testing/catalogue.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

let product: TestProduct
const ids: { [name: string]: string } = {}
const path = '/api/records/theme'

const theme = (target: string): JsonObject => ({
  title: '主题',
  type: 'object',
  required: ['name'],
  properties: {
    name: { 'x-field': { type: 'text' } },
    areas: { title: '区域', 'x-field': { type: 'many-to-many', entity: target, inverse: 'themes' } },
  },
  'x-entity': { label: 'name' },
})

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish({
    ...catalogue,
    'entity/theme': theme('area'),
    'role/clerk': { title: '职员', entities: { theme: { verbs: { read: 'all' } } } },
  })
  for (const name of ['bay', 'alp', 'fen']) {
    const { body } = await product.request('POST', '/api/records/area', { name })
    ids[name] = String(body.id)
  }
})
afterAll(() => product.stop())

const items = (json: Json | undefined) => [json ?? []].flat().map(asObject)
const change = (id: Json | undefined, body: object) =>
  product.request('PATCH', `${path}/${id}`, body, { headers: { 'if-match': '*' } })

async function eventsOf(id: Json | undefined): Promise<unknown[]> {
  const events = await product.database.sql`
    select delta::text as delta from heddle.event where record = ${String(id)} order by id`
  return events.map(({ delta }) => JSON.parse(String(delta)))
}

describe('links to other records', () => {
  it('are written with the record, kept in order, replaced as a whole, and told in its events', async () => {
    const created = await product.request('POST', path, { name: 'water', areas: [ids.fen, ids.bay, ids.fen] })
    expect(created).toMatchObject({
      status: 201,
      body: {
        areas: [ids.fen, ids.bay],
        _related: {
          areas: [
            { id: ids.fen, label: null },
            { id: ids.bay, label: null },
          ],
        },
      },
    })
    const { id } = created.body
    expect((await change(id, { areas: [ids.alp] })).body).toMatchObject({ areas: [ids.alp], version: 2 })
    expect((await change(id, { areas: [ids.alp] })).body).toMatchObject({ version: 2 })
    expect((await change(id, { name: 'air' })).body).toMatchObject({ areas: [ids.alp], version: 3 })
    expect((await change(id, { areas: null })).body).toMatchObject({ areas: null, _related: { areas: [] } })
    expect(await eventsOf(id)).toEqual([
      { name: 'water', areas: [ids.fen, ids.bay] },
      { areas: [[ids.fen, ids.bay], [ids.alp]] },
      { name: ['water', 'air'] },
      { areas: [[ids.alp], null] },
    ])
  })

  it('are listed, filtered by, and included from both ends', async () => {
    await product.request('POST', path, { name: 'two', areas: [ids.bay, ids.alp] })
    await product.request('POST', path, { name: 'one', areas: [ids.bay] })
    await product.request('POST', path, { name: 'none' })
    const found = await product.request('GET', `${path}?areas=${ids.bay}&sort=name&fields=name&include=areas(name)`)
    expect(items(found.body.items)).toMatchObject([
      { name: 'one', _related: { areas: [{ id: ids.bay, name: 'bay' }] } },
      { name: 'two', _related: { areas: [{ name: 'bay' }, { name: 'alp' }] } },
    ])
    const empty = await product.request('GET', `${path}?name=none&where=${encodeURIComponent('areas = null')}`)
    expect(empty.body.items).toMatchObject([{ name: 'none', areas: null }])
    const area = await product.request('GET', `/api/records/area/${ids.bay}?include=themes(name)`)
    expect(area.body._related).toMatchObject({ themes: [{ name: 'one', label: 'one' }, { name: 'two' }] })
  })

  it('lead only to records that are there', async () => {
    const { body } = await product.request('POST', '/api/records/area', { name: 'lost' })
    const kept = await product.request('POST', path, { name: 'kept', areas: [body.id, ids.bay] })
    await product.request('DELETE', `/api/records/area/${body.id}`, undefined, { headers: { 'if-match': '*' } })
    expect((await product.request('GET', `${path}/${kept.body.id}`)).body._related).toEqual({
      areas: [{ id: ids.bay, label: null }],
    })
    const refused = await product.request('POST', path, { name: 'lost', areas: [ids.bay, body.id] })
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: '/areas', code: 'reference.unknown' }] } })
    expect((await product.request('GET', `${path}?name=lost`)).body.items).toEqual([])
    expect((await product.request('GET', `${path}?areas=x`)).status).toBe(400)
    await product.request('DELETE', `/api/records/area/${body.id}?purge=true`, undefined, {
      headers: { 'if-match': '*' },
    })
    expect((await product.request('GET', `${path}/${kept.body.id}`)).body.areas).toEqual([ids.bay])
  })

  it('show a reader who may not see their ends only that there are some', async () => {
    const key = await product.key('clerk')
    const { body } = await product.request('GET', `${path}?name=one`, undefined, { key })
    expect(body.items).toMatchObject([{ areas: [ids.bay] }])
    expect(JSON.stringify(body)).not.toContain('bay')
    expect((await product.request('GET', `${path}?include=areas(name)`, undefined, { key })).status).toBe(422)
  })

  it('stay when their field is hidden and come back with it; leading elsewhere loses them', async () => {
    const hidden = theme('area')
    delete asObject(hidden.properties).areas
    await product.publish({ 'entity/theme': hidden })
    const shown = theme('area')
    asObject(shown.properties).areas = { ...asObject(asObject(shown.properties).areas), 'x-id': 'areas' }
    await product.publish({ 'entity/theme': shown })
    expect((await product.request('GET', `${path}?name=one`)).body.items).toMatchObject([{ areas: [ids.bay] }])
    await expect(product.publish({ 'entity/theme': theme('region') })).rejects.toThrow('plan.notAccepted')
  })
})
