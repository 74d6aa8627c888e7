import { asObject, type JsonObject, readPointer } from '@heddle/metadata'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { catalogue } from '../testing/catalogue.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

const read = { verbs: { read: 'all' } }
const project = asObject(catalogue['entity/project'])
const properties = asObject(project.properties)
const stage = asObject(properties.stage)

const definitions: { readonly [address: string]: JsonObject } = {
  ...catalogue,
  'entity/project': {
    ...project,
    required: ['name', 'amount'],
    properties: {
      ...properties,
      name: { title: '名称', 'x-field': { type: 'text', visible: 'amount > 1', required: 'stage = "done"' } },
      amount: { ...asObject(properties.amount), title: '金额' },
      stage: {
        ...stage,
        'x-field': {
          ...asObject(stage['x-field']),
          options: { idea: { title: '想法' }, build: { title: '建设', when: 'amount > 1' }, done: { title: '完成' } },
        },
      },
    },
    'x-entity': {
      ...asObject(project['x-entity']),
      search: ['name', 'stage'],
      rules: {
        at_denied: { when: 'name = null', error: '甲', at: 'amount' },
        reads_denied: { when: 'amount > 1', error: '乙' },
        reads_old: { when: 'old.amount > 1', error: '丙' },
        reads_lines: { when: 'sum(notes.pages) > 1', error: '丁' },
        kept: { when: 'old.name = null and user.id != null', error: '戊', at: 'name' },
      },
      indexes: { by_amount: ['amount'], by_stage: ['stage'] },
      duplicates: { amount: { match: ['name', 'amount'], action: 'warn' } },
    },
  },
  'form/project': {
    entity: 'project',
    title: '项目',
    tabs: {
      main: {
        title: '主要',
        sections: { all: { title: '全部', visible: 'amount > 1', fields: { name: {}, amount: {}, notes: {} } } },
      },
    },
  },
  'view/all': { entity: 'project', title: '全部', columns: { name: {}, amount: {} }, sort: { amount: 'asc' } },
  'view/large': { entity: 'project', title: '大', columns: { name: {} }, where: 'amount > 1' },
  'view/regions': { entity: 'region', title: '地区', columns: { name: {} } },
  'menu/main': {
    title: '菜单',
    order: 1,
    items: {
      all: { title: '全部', entity: 'project', view: 'all' },
      large: { title: '大', entity: 'project', view: 'large' },
      regions: { title: '地区', entity: 'region' },
    },
  },
  'translation/en': {
    'entity/project': {
      '/properties/name/title': 'Name',
      '/properties/amount/title': 'Amount',
      '/x-entity/rules/kept/error': 'Kept',
      '/x-entity/rules/reads_denied/error': 'Gone',
    },
    'view/regions': { '/title': 'Regions' },
  },
  'role/guest': {
    title: '访客',
    entities: { project: { ...read, fields: { amount: 'none', helper: 'read' } }, area: read },
  },
  'role/designer': { title: '设计', entities: {}, system: ['design'] },
}

let product: TestProduct
let guest: string

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish(definitions)
  guest = await product.key('guest')
})
afterAll(() => product.stop())

const bodyOf = async (address: string, key = guest) =>
  asObject((await product.request('GET', `/api/metadata/${address}`, undefined, { key })).body.body)
const statusOf = async (path: string) => (await product.request('GET', path, undefined, { key: guest })).status

describe('an entity as its reader sees it', () => {
  it('has neither the fields that they are denied nor anything that names them', async () => {
    const body = await bodyOf('entity/project')
    expect(Object.keys(asObject(body.properties))).not.toContain('amount')
    expect(Object.keys(asObject(body.properties))).not.toContain('notes')
    expect(body.required).toEqual(['name'])
    expect(Object.keys(asObject(readPointer(body, '/x-entity/rules') ?? {}))).toEqual(['kept'])
    expect(body['x-entity']).toMatchObject({ indexes: { by_stage: ['stage'] }, duplicates: {}, label: 'name' })
    expect(readPointer(body, '/x-entity/indexes/by_amount')).toBeUndefined()
    expect(readPointer(body, '/properties/name/x-field')).toEqual({ type: 'text', required: 'stage = "done"' })
    expect(readPointer(body, '/properties/stage/x-field/options/build')).toEqual({ title: '建设' })
    expect(readPointer(body, '/properties/doubled/x-field')).toEqual({ type: 'formula', returns: 'number', scale: 1 })
    expect(JSON.stringify(body)).not.toContain('amount')
  })

  it('says of a field that they may only read that it is read-only', async () => {
    expect(readPointer(await bodyOf('entity/project'), '/properties/helper/x-field')).toMatchObject({
      readOnly: 'true',
    })
  })

  it('is not there when they may do nothing with it', async () => {
    for (const path of ['entity/region', 'entity/region/schema', 'view/regions', 'view/large']) {
      expect(await statusOf(`/api/metadata/${path}`)).toBe(404)
    }
  })

  it('has a schema without the same fields', async () => {
    const of = async (purpose: string) => {
      const path = `/api/metadata/entity/project/schema?for=${purpose}`
      return (await product.request('GET', path, undefined, { key: guest })).body
    }
    expect(Object.keys(asObject((await of('read')).properties))).toContain('helper')
    expect(Object.keys(asObject((await of('create')).properties))).not.toContain('helper')
    for (const purpose of ['read', 'create', 'patch']) expect(JSON.stringify(await of(purpose))).not.toContain('amount')
    const whole = (await product.request('GET', '/api/metadata/entity/project/schema?for=create')).body
    expect(whole.properties).toHaveProperty('amount')
  })
})

describe('other definitions', () => {
  it('of forms, views and menus have what is left', async () => {
    const section = readPointer(await bodyOf('form/project'), '/tabs/main/sections/all')
    expect(section).toEqual({ title: '全部', fields: { name: {} } })
    expect(await bodyOf('view/all')).toMatchObject({ columns: { name: {} }, sort: {} })
    expect(Object.keys(asObject((await bodyOf('menu/main')).items))).toEqual(['all'])
  })

  it('of roles have their title, and translations the texts of what is left', async () => {
    expect(await bodyOf('role/designer')).toEqual({ title: '设计' })
    expect(await bodyOf('translation/en')).toEqual({
      'entity/project': { '/properties/name/title': 'Name', '/x-entity/rules/kept/error': 'Kept' },
    })
  })

  it('are whole for who designs, and have other ETags for others and in other languages', async () => {
    const designer = await product.key('designer')
    expect(await bodyOf('entity/project', designer)).toEqual(await bodyOf('entity/project', await product.key('admin')))
    const etagOf = async (path: string, key?: string) => {
      const options = key === undefined ? {} : { key }
      return (await product.request('GET', `/api/metadata${path}`, undefined, options)).headers.get('etag')
    }
    const tags = await Promise.all([
      etagOf('/entity/project'),
      etagOf('/entity/project', guest),
      etagOf('/entity/project?locale=en'),
      etagOf('?bodies=true'),
      etagOf('?bodies=true', guest),
    ])
    expect(new Set(tags).size).toBe(tags.length)
    expect(await etagOf('/entity/project', designer)).toBe(tags[0])
  })
})
