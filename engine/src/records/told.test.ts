import { asObject, type JsonObject } from '@heddle/metadata'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

const text = (title: string, more: JsonObject = {}): JsonObject => ({ title, 'x-field': { type: 'text', ...more } })

const definitions: { readonly [address: string]: JsonObject } = {
  'entity/area': { title: '区域', properties: { name: text('名称') }, 'x-entity': { label: 'name', search: ['name'] } },
  'entity/item': {
    title: '条目',
    type: 'object',
    required: ['name'],
    properties: {
      name: text('名称', { unique: true }),
      phone: text('电话'),
      size: { title: '规模', 'x-field': { type: 'integer' } },
      price: { title: '价格', 'x-field': { type: 'money' } },
      kind: {
        title: '类别',
        'x-field': { type: 'select', options: { a: { title: '甲' }, b: { title: '乙', when: 'size > 5' } } },
      },
      reason: text('原因', { required: 'size > 50' }),
      area: { title: '区域', 'x-field': { type: 'lookup', entity: 'area' } },
      areas: { title: '各区域', 'x-field': { type: 'many-to-many', entity: 'area' } },
      helper: { title: '帮手', 'x-field': { type: 'user' } },
      unit: { title: '部门', 'x-field': { type: 'department' } },
      about: { title: '有关', 'x-field': { type: 'polymorphic-lookup', entities: ['area', 'item'] } },
      parts: { title: '部分', 'x-field': { type: 'lines', entity: 'part', by: 'whole' } },
    },
    'x-entity': {
      label: 'name',
      search: ['name', 'phone'],
      currency: true,
      rules: {
        small: { when: 'size > 100', error: '太大', at: 'size' },
        odd: { when: 'size = 7', error: '奇怪', at: 'size', severity: 'warning' },
      },
      duplicates: { phone: { match: ['phone'], action: 'block' } },
    },
  },
  'entity/part': {
    title: '部分',
    type: 'object',
    required: ['whole', 'label'],
    properties: { whole: { 'x-field': { type: 'lookup', entity: 'item', master: true } }, label: text('标签') },
  },
  'settings/site': { currency: 'CNY', locales: ['zh-CN', 'en'], rates: { USD: 7 } },
  'translation/en': {
    'entity/area': { '/title': 'Area' },
    'entity/part': { '/properties/label/title': 'Label' },
    'entity/item': {
      '/title': 'Item',
      '/properties/name/title': 'Name',
      '/properties/phone/title': 'Phone',
      '/properties/kind/title': 'Kind',
      '/properties/kind/x-field/options/b/title': 'B',
      '/properties/reason/title': 'Reason',
      '/properties/area/title': 'Area',
      '/properties/areas/title': 'Areas',
      '/x-entity/rules/small/error': 'Too large',
      '/x-entity/rules/odd/error': 'Odd',
    },
  },
  'role/clerk': {
    title: '文员',
    entities: {
      item: {
        verbs: { read: 'all', create: 'all', update: 'all', delete: 'all' },
        fields: { price: 'none', phone: 'none', kind: 'read' },
      },
      part: { verbs: { read: 'all', create: 'all', update: 'all' } },
    },
  },
  'role/mover': {
    title: '移交',
    entities: { item: { verbs: { read: 'all', create: 'all', update: 'all', transfer: 'all' } } },
  },
}

let product: TestProduct
let clerk: string
const nobody = '0190f300-0000-7000-8000-000000000000'
const path = '/api/records/item'

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish(definitions)
  clerk = await product.key('clerk')
})
afterAll(() => product.stop())

const create = (body: JsonObject, language?: string, key?: string) =>
  product.request(
    'POST',
    path,
    { name: `n${Math.random()}`, ...body },
    {
      headers: language === undefined ? {} : { 'accept-language': language },
      ...(key === undefined ? {} : { key }),
    },
  )

describe('what is wrong with a record is told in the language of its writer:', () => {
  it.each<[string, JsonObject, string, string, string]>([
    ['a rule', { size: 101, reason: 'x' }, '/size', '太大', 'Too large'],
    ['a field required by others', { size: 51 }, '/reason', '“原因”', '“Reason”'],
    [
      'an option',
      { size: 1, kind: 'b' },
      '/kind',
      '“乙” cannot be chosen for “类别”',
      '“B” cannot be chosen for “Kind”',
    ],
    ['a lookup', { area: nobody }, '/area', '“区域” points to no “区域”', '“Area” points to no “Area”'],
    ['a link', { areas: [nobody] }, '/areas', '“各区域”', '“Areas”'],
    ['a line', { parts: [{}] }, '/parts/0/label', '“标签” is required', '“Label” is required'],
    [
      'a computed field',
      { price_base: 1 },
      '/price_base',
      '“价格 (本位币)” is written by',
      '“价格 (company currency)” is written by',
    ],
  ])('%s', async (_title, body, at, own, translated) => {
    for (const [language, message] of [
      [undefined, own],
      ['en-GB, zh;q=0.5', translated],
      ['fr', own],
    ] as const) {
      const answer = await create(body, language)
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: at }] } })
      expect(answer.body.detail).toContain(message)
    }
  })

  it('a missing field by its title', async () => {
    const options = { headers: { 'accept-language': 'en' } }
    expect((await product.request('POST', path, {}, options)).body.detail).toBe('“Name” is required.')
    expect((await product.request('POST', path, {})).body.detail).toBe('“名称” is required.')
  })

  it('values that another record has, and warnings', async () => {
    await create({ name: 'one', phone: '1' })
    expect((await create({ name: 'one' }, 'en')).body.detail).toContain('“Name” has a value')
    expect((await create({ phone: '1' }, 'en')).body.detail).toContain('“Item” with the same “Phone”')
    const warned = await create({ size: 7 }, 'en')
    expect(warned.body._meta).toMatchObject({ warnings: [{ path: '/size', message: 'Odd' }] })
  })

  it('the language of a person is their own unless the request asks for another', async () => {
    const added = { email: 'reader@heddle.example', name: 'x', password: 'a long password', roles: ['admin'] }
    const { body: person } = await product.request('POST', '/api/users', { ...added, locale: 'en' })
    const signedIn = await product.send('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: added.email, password: added.password }),
    })
    const cookie = String(signedIn.headers.get('set-cookie')).split(';')[0] ?? ''
    const told = async (headers: Record<string, string>) => {
      const body = JSON.stringify({ name: 'x', size: 101, reason: 'x' })
      const sent = { 'content-type': 'application/json', 'content-length': String(body.length), cookie, ...headers }
      const answer = await product.visit(path, { method: 'POST', body, headers: sent })
      return asObject(await answer.json()).detail
    }
    expect(await told({})).toBe('Too large')
    expect(await told({ 'accept-language': 'zh' })).toBe('太大')
    expect(person.locale).toBe('en')
  })
})

describe('a reference that leads nowhere is refused:', () => {
  it.each<[string, JsonObject]>([
    ['area', { area: nobody }],
    ['areas', { areas: [nobody] }],
    ['helper', { helper: nobody }],
    ['unit', { unit: nobody }],
    ['about', { about: { entity: 'area', id: nobody } }],
    ['owner_id', { owner_id: nobody }],
  ])('%s, when created, changed and in batches', async (name, body) => {
    const wrong = { status: 422, body: { errors: [{ path: `/${name}`, code: 'reference.unknown' }] } }
    expect(await create(body)).toMatchObject(wrong)
    const { body: record } = await create({})
    const change = { headers: { 'if-match': '*' } }
    expect(await product.request('PATCH', `${path}/${record.id}`, body, change)).toMatchObject(wrong)
    const operations = [1, 2].map((each) => ({ op: 'create', data: { name: `b${each}${name}`, ...body } }))
    const batch = await product.request('POST', `${path}/batch`, { mode: 'all', operations })
    expect(batch).toMatchObject({
      status: 422,
      body: { operation: 0, errors: [{ path: `/operations/0/data/${name}` }] },
    })
  })

  it('and one that leads somewhere is kept', async () => {
    const { body: area } = await product.request('POST', '/api/records/area', { name: '甲' })
    const { body: person } = await product.request('POST', '/api/users', { email: 'h@heddle.example', name: 'h' })
    const { body: unit } = await product.request('POST', '/api/departments', { name: 'u' })
    const about = { entity: 'area', id: String(area.id) }
    const values = { about, helper: String(person.id), unit: String(unit.id), owner_id: String(person.id) }
    expect(await create(values)).toMatchObject({ status: 201, body: values })
    await product.request('DELETE', `/api/records/area/${area.id}`, undefined, { headers: { 'if-match': '*' } })
    expect((await create({ about })).status).toBe(422)
  })
})

describe('giving a record to somebody else takes the right to transfer it:', () => {
  const signIn = async (name: string, role: string) => {
    const email = `${name}@heddle.example`
    const person = { email, name, password: 'a long password', roles: [role] }
    const { body } = await product.request('POST', '/api/users', person)
    const answer = await product.send('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password: person.password }),
    })
    const cookie = String(answer.headers.get('set-cookie')).split(';')[0] ?? ''
    const send = async (method: string, at: string, sent: JsonObject) => {
      const text = JSON.stringify(sent)
      const headers = {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(text)),
        'if-match': '*',
        cookie,
      }
      const got = await product.visit(at, { method, body: text, headers })
      return { status: got.status, body: asObject(await got.json()) }
    }
    return { id: String(body.id), send }
  }
  const denied = { status: 422, body: { errors: [{ path: '/owner_id', code: 'field.denied' }] } }

  it('who has it not keeps what is theirs, alone and in batches', async () => {
    const one = await signIn('one', 'clerk')
    const other = await signIn('other', 'mover')
    const made = await one.send('POST', path, { name: 'own', owner_id: one.id })
    expect(made).toMatchObject({ status: 201, body: { owner_id: one.id } })
    expect(await one.send('POST', path, { name: 'null', owner_id: null })).toMatchObject({ body: { owner_id: one.id } })
    expect(await one.send('POST', path, { name: 'given', owner_id: other.id })).toMatchObject(denied)
    const at = `${path}/${made.body.id}`
    expect(await one.send('PATCH', at, { size: 1, owner_id: one.id })).toMatchObject({ status: 200 })
    expect(await one.send('PATCH', at, { owner_id: other.id })).toMatchObject(denied)
    expect(await one.send('PATCH', at, { owner_id: null })).toMatchObject(denied)
    const lines = { parts: [{ label: 'x', owner_id: other.id }] }
    const inLine = await one.send('POST', path, { name: 'line', ...lines })
    expect(inLine).toMatchObject({ status: 422, body: { errors: [{ path: '/parts/0/owner_id' }] } })
    const operations = [{ op: 'update', id: made.body.id ?? '', data: { owner_id: other.id } }]
    expect(await one.send('POST', `${path}/batch`, { mode: 'all', operations })).toMatchObject({
      status: 422,
      body: { errors: [{ path: '/operations/0/data/owner_id', code: 'field.denied' }] },
    })
    expect(await other.send('PATCH', at, { owner_id: other.id })).toMatchObject({ body: { owner_id: other.id } })
    expect(await other.send('POST', path, { name: 'moved', owner_id: one.id })).toMatchObject({ status: 201 })
  })

  it('a program makes records that are nobody’s', async () => {
    expect(await create({}, undefined, clerk)).toMatchObject({ status: 201, body: { owner_id: null } })
    const { body: person } = await product.request('POST', '/api/users', { email: 'p@heddle.example', name: 'p' })
    expect(await create({ owner_id: String(person.id) }, undefined, clerk)).toMatchObject(denied)
  })
})

describe('who may not see a field', () => {
  const denied = { denied: ['phone', 'price', 'price_base'] }

  it('is told so with every record, in whatever way they come by it', async () => {
    const created = await create({ size: 7 }, undefined, clerk)
    expect(created).toMatchObject({ status: 201, body: { _meta: { ...denied, warnings: [{ path: '/size' }] } } })
    const one = `${path}/${created.body.id}`
    const options = { key: clerk, headers: { 'if-match': '*', 'idempotency-key': 'k1' } }
    const answers = [
      await product.request('GET', one, undefined, options),
      await product.request('PATCH', one, { size: 8 }, options),
      await product.request('PATCH', one, { size: 8 }, options),
      await product.request('POST', path, { name: 'keyed' }, options),
      await product.request('POST', path, { name: 'keyed' }, options),
    ]
    await product.request('DELETE', one, undefined, options)
    answers.push(await product.request('POST', `${one}/restore`, undefined, options))
    for (const { body } of answers) {
      expect(body._meta).toEqual(denied)
      for (const name of denied.denied) expect(body).not.toHaveProperty(name)
    }
    expect((await product.request('GET', one)).body).not.toHaveProperty('_meta')
  })

  it('finds out nothing about it by a search', async () => {
    await create({ name: 'sought', phone: '5550123' })
    const found = async (words: string, key?: string) =>
      (await product.request('GET', `${path}?search=${words}`, undefined, key === undefined ? {} : { key })).body.items
    expect(await found('5550123')).toHaveLength(1)
    expect(await found('5550123', clerk)).toEqual([])
    expect(await found('sought+5550', clerk)).toEqual([])
    expect(await found('SOU', clerk)).toHaveLength(1)
  })
})
