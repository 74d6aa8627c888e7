import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { catalogue } from '../testing/catalogue.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

let product: TestProduct
const ids: { [name: string]: string } = {}
const read = { verbs: { read: 'all' } }

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish({
    ...catalogue,
    'settings/site': { company: { name: 'Test' }, timezone: 'Asia/Shanghai' },
    'role/clerk': {
      title: '职员',
      entities: { project: { ...read, fields: { amount: 'none' } }, area: { ...read, fields: { full_name: 'none' } } },
    },
  })
  const add = async (entity: string, name: string, body: object) => {
    const { body: record } = await product.request('POST', `/api/records/${entity}`, { name, ...body })
    ids[name] = String(record.id)
  }
  await add('region', 'east', { factor: 1.5 })
  await add('area', 'bay', { region: ids.east })
  await add('area', 'alp', { region: ids.east })
  const [person] = await product.database.sql<{ id: string }[]>`
    insert into heddle."user" (id, name, email) values (gen_random_uuid(), '李', 'li@demo.example') returning id`
  const rows = [
    {
      stage: 'done',
      amount: 10.55,
      area: ids.bay,
      starts_on: '2024-01-31',
      seen_at: '2024-01-31T16:30:00Z',
      helper: person?.id,
    },
    { stage: 'done', amount: 0.1, area: ids.alp, starts_on: '2024-02-01', seen_at: '2024-01-31T15:30:00Z' },
    { stage: 'idea', amount: 0.2, area: ids.bay, starts_on: '2023-12-31', size: { kind: 'small' } },
    { stage: null, amount: null },
  ]
  for (const [index, row] of rows.entries()) await add('project', `p${index}`, row)
  await add('project', 'gone', { stage: 'done', amount: 1000 })
  await product.request('DELETE', `/api/records/project/${ids.gone}`, undefined, { headers: { 'if-match': '*' } })
})
afterAll(() => product.stop())

const aggregate = (body: unknown, options = {}) =>
  product.request('POST', '/api/records/project/aggregate', body, options)

describe('an aggregate', () => {
  it('counts by an option along its index as it counts any other way', async () => {
    const stage = { ...Object(catalogue['entity/project']?.['x-entity']), indexes: { by_stage: ['stage', 'amount'] } }
    await product.publish({ 'entity/project': { ...catalogue['entity/project'], 'x-entity': stage } })
    const strange = await product.request('POST', '/api/records/project', { name: 'strange', stage: 'idea' })
    await product.database.sql`update app.project set stage = 'of old' where id = ${String(strange.body.id)}`
    const counted = await aggregate({ groupBy: ['stage'] })
    expect(counted.body).toEqual((await aggregate({ groupBy: ['stage'], where: 'id != null' })).body)
    expect(counted.body.items).toEqual([
      { group: { stage: 'idea' }, count: 1 },
      { group: { stage: 'done' }, count: 2 },
      { group: { stage: 'of old' }, count: 1 },
      { group: { stage: null }, count: 1 },
    ])
    const fewest = { groupBy: ['stage'], sort: '-count', limit: 1 }
    expect((await aggregate(fewest)).body).toEqual((await aggregate({ ...fewest, where: 'id != null' })).body)
    await product.database.sql`delete from app.project where id = ${String(strange.body.id)}`
    await product.database.sql`update app.project set deleted_at = now() where deleted_at is null`
    expect((await aggregate({ groupBy: ['stage'] })).body.items).toEqual([])
    await product.database.sql`update app.project set deleted_at = null where name <> 'gone'`
  })

  it('counts, adds up and averages by group, exactly, options in their order', async () => {
    const measures = [{ count: true }, { sum: 'amount' }, { avg: 'amount' }, { min: 'starts_on' }, { max: 'amount' }]
    expect((await aggregate({ groupBy: ['stage'], measures })).body).toEqual({
      items: [
        {
          group: { stage: 'idea' },
          count: 1,
          sum: { amount: 0.2 },
          avg: { amount: 0.2 },
          min: { starts_on: '2023-12-31' },
          max: { amount: 0.2 },
        },
        {
          group: { stage: 'done' },
          count: 2,
          sum: { amount: 10.65 },
          avg: { amount: 5.325 },
          min: { starts_on: '2024-01-31' },
          max: { amount: 10.55 },
        },
        {
          group: { stage: null },
          count: 1,
          sum: { amount: null },
          avg: { amount: null },
          min: { starts_on: null },
          max: { amount: null },
        },
      ],
    })
  })

  it('without groups is one line, also of nothing', async () => {
    expect((await aggregate({})).body).toEqual({ items: [{ group: {}, count: 4 }] })
    const measures = [{ sum: 'amount' }, { sum: 'doubled' }]
    expect((await aggregate({ where: 'amount > 5', measures })).body).toEqual({
      items: [{ group: {}, sum: { amount: 10.55, doubled: 21.1 } }],
    })
    expect((await aggregate({ where: 'amount > 99' })).body).toEqual({ items: [{ group: {}, count: 0 }] })
  })

  it.each<[string, string, unknown[]]>([
    ['starts_on', 'day', ['2023-12-31', '2024-01-31', '2024-02-01', null]],
    ['starts_on', 'week', ['2023-W52', '2024-W05', null]],
    ['starts_on', 'month', ['2023-12', '2024-01', '2024-02', null]],
    ['starts_on', 'quarter', ['2023-Q4', '2024-Q1', null]],
    ['starts_on', 'year', ['2023', '2024', null]],
    ['seen_at', 'month', ['2024-01', '2024-02', null]],
  ])('puts %s together by %s of the company’s calendar', async (field, bucket, expected) => {
    const { body } = await aggregate({ groupBy: [{ field, bucket }] })
    expect([body.items].flat().map((item) => Object(item).group[field])).toEqual(expected)
  })

  it('names what ids stand for and sorts by the name', async () => {
    expect((await aggregate({ groupBy: ['area', 'helper'], where: 'area != null' })).body.items).toMatchObject([
      { group: { area: ids.alp, helper: null }, _related: { area: { id: ids.alp, label: 'alp/east' }, helper: null } },
      { count: 1, _related: { area: { label: 'bay/east' }, helper: { label: '李' } } },
      { count: 1, _related: { area: { label: 'bay/east' }, helper: null } },
    ])
    expect((await aggregate({ groupBy: ['area.region', 'size.kind'] })).body.items).toMatchObject([
      {
        group: { 'area.region': ids.east, 'size.kind': 'small' },
        count: 1,
        _related: { 'area.region': { label: 'east' } },
      },
      { group: { 'area.region': ids.east, 'size.kind': null }, count: 2 },
      { group: { 'area.region': null }, count: 1, _related: { 'area.region': null } },
    ])
  })

  it('takes conditions as text or tree, an order and a limit', async () => {
    const where = {
      any: [
        { field: 'stage', op: '=', value: 'done' },
        { field: 'stage', op: 'empty' },
      ],
    }
    const body = { where, groupBy: ['stage'], measures: [{ sum: 'amount' }], sort: '-sum.amount', limit: 1 }
    expect((await aggregate(body)).body).toEqual({
      items: [{ group: { stage: 'done' }, sum: { amount: 10.65 } }],
      truncated: true,
    })
    expect((await aggregate({ ...body, search: null, deleted: null })).status).toBe(200)
    const text = { ...body, where: 'stage = "done" or stage = null', sort: ['sum.amount', 'stage'] }
    expect((await aggregate(text)).body).toMatchObject({ items: [{ group: { stage: 'done' } }] })
  })

  it.each<[unknown, number, string]>([
    [{ groupBy: ['stag'] }, 422, '/groupBy/0'],
    [{ groupBy: ['stage', 'stage'] }, 422, '/groupBy/1'],
    [{ groupBy: ['labels'] }, 422, '/groupBy/0'],
    [{ groupBy: ['notes'] }, 422, '/groupBy/0'],
    [{ groupBy: ['size'] }, 422, '/groupBy/0'],
    [{ groupBy: ['amount + 1'] }, 422, '/groupBy/0'],
    [{ groupBy: ['user.id'] }, 422, '/groupBy/0'],
    [{ groupBy: [{ field: 'stage', bucket: 'month' }] }, 422, '/groupBy/0'],
    [{ groupBy: [{ field: 'starts_on', bucket: 'moon' }] }, 400, '/groupBy/0/bucket'],
    [{ groupBy: 'stage' }, 400, '/groupBy'],
    [{ measures: [{ sum: 'name' }] }, 422, '/measures/0'],
    [{ measures: [{ sum: 'amuont' }] }, 422, '/measures/0'],
    [{ measures: [{ summ: 'amount' }] }, 400, '/measures/0'],
    [{ measures: [{ sum: 'amount', count: true }] }, 400, '/measures/0'],
    [{ sort: 'amount' }, 422, '/sort'],
    [{ limit: 1001 }, 400, '/limit'],
    [{ search: { a: 1 } }, 400, '/search'],
    [{ deleted: true }, 400, '/deleted'],
    [{ gruopBy: [] }, 400, '/gruopBy'],
    [[], 400, ''],
  ])('%j is refused', async (body, status, path) => {
    expect(await aggregate(body)).toMatchObject({ status, body: { errors: [{ path }] } })
  })

  it('knows nothing of what is denied', async () => {
    const key = await product.key('clerk')
    for (const body of [
      { groupBy: ['amount'] },
      { measures: [{ max: 'amount' }] },
      { groupBy: ['area.full_name'] },
      { groupBy: ['area.region.name'] },
      { where: 'amount > 1' },
    ]) {
      const answer = await aggregate(body, { key })
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ code: 'name.unknown' }] } })
    }
    const { body } = await aggregate({ groupBy: ['area'], where: 'area != null' }, { key })
    expect(body.items).toMatchObject([{ _related: { area: { label: null } } }, { _related: { area: { label: null } } }])
  })
})
