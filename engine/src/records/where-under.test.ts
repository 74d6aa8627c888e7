import { asObject, type Json } from '@heddle/metadata'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

let product: TestProduct
const path = '/api/records/station'

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish({
    'option-set/place': {
      title: '地方',
      tree: true,
      options: {
        north: { title: '北' },
        lake: { title: '湖', parent: 'north' },
        shore: { title: '岸', parent: 'lake' },
        south: { title: '南' },
      },
    },
    'entity/station': {
      title: '站',
      type: 'object',
      properties: {
        name: { 'x-field': { type: 'text' } },
        place: { title: '地方', 'x-field': { type: 'option-tree', optionSet: 'place' } },
        site: { title: '地址', 'x-field': { type: 'address', optionSet: 'place' } },
        kind: { title: '类型', 'x-field': { type: 'select', options: { a: { title: 'A' } } } },
      },
      'x-entity': {
        label: 'name',
        rules: { far: { when: 'under(site, "south")', error: '太远', at: 'site' } },
      },
    },
  })
  const stations = [
    { name: 'north', place: 'north', site: { region: 'shore', text: '1' } },
    { name: 'lake', place: 'lake', site: { region: 'north', text: '2', postcode: '256600' } },
    { name: 'shore', place: 'shore', site: { text: '3' } },
    { name: 'south', place: 'south' },
  ]
  for (const station of stations) expect((await product.request('POST', path, station)).status).toBe(201)
})
afterAll(() => product.stop())

async function found(where: string | Json): Promise<Json[]> {
  const { status, body } = await product.request('POST', `${path}/query`, { where, sort: 'name', fields: ['name'] })
  expect(status, JSON.stringify(body)).toBe(200)
  return [body.items ?? []].flat().map((item) => asObject(item).name ?? null)
}

describe('records are found by their place in a tree of options', () => {
  it.each<[string, string[]]>([
    ['under(place, "north")', ['lake', 'north', 'shore']],
    ['under(place, "lake")', ['lake', 'shore']],
    ['not(under(place, "lake"))', ['north', 'south']],
    ['under(site, "lake")', ['north']],
    ['under(site.region, "north")', ['lake', 'north']],
    ['site = null', ['south']],
    ['site != null', ['lake', 'north', 'shore']],
    ['site.postcode = "256600" and contains(site.text, "2")', ['lake']],
  ])('%s', async (where, names) => {
    expect(await found(where)).toEqual(names)
  })

  it('by the filter builder, too', async () => {
    expect(await found({ field: 'place', op: 'under', value: 'lake' })).toEqual(['lake', 'shore'])
    expect(await found({ field: 'site', op: 'under', value: 'north' })).toEqual(['lake', 'north'])
  })

  it.each([
    ['under(place)', 'function.arguments'],
    ['under(kind, "a")', 'type.expected'],
    ['under(place, name)', 'literal.required'],
    ['under(place, "lak")', 'option.unknown'],
    ['site.city = "x"', 'name.unknown'],
  ])('“%s” is refused', async (where, code) => {
    const { status, body } = await product.request('POST', `${path}/query`, { where })
    expect(status).toBe(422)
    expect(body.errors).toMatchObject([{ code }])
  })
})

it('rules ask for the place as well', async () => {
  const { status, body } = await product.request('POST', path, { name: 'x', site: { region: 'south' } })
  expect(status).toBe(422)
  expect(body.errors).toMatchObject([{ path: '/site' }])
})
