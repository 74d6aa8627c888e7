import { asObject, type JsonObject } from '@heddle/metadata'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

/** `top` holds `left` and `right`; the boss manages anna of the left and bert of the right. */
type Name = 'boss' | 'anna' | 'bert'
type Scope = 'own' | 'own-subordinates' | 'department' | 'department-below'

const everyVerb = (scope: string): JsonObject =>
  Object.fromEntries(['read', 'create', 'update', 'delete', 'transfer', 'bulk'].map((verb) => [verb, scope]))
const roleOf = (scope: string, more: JsonObject = {}): JsonObject => ({
  title: scope,
  entities: {
    folder: { verbs: everyVerb(scope), ...more },
    entry: { verbs: everyVerb('all') },
    memo: { verbs: everyVerb('all') },
    tag: { verbs: everyVerb('own') },
  },
})
const definitions: { readonly [address: string]: JsonObject } = {
  'entity/folder': {
    title: '文件夹',
    type: 'object',
    properties: {
      name: { title: '名称', 'x-field': { type: 'text' } },
      state: {
        title: '状态',
        'x-field': { type: 'select', options: { open: { title: '开' }, shut: { title: '关' } } },
      },
      plan: { title: '图', 'x-field': { type: 'file' } },
      entries: { title: '条目', 'x-field': { type: 'lines', entity: 'entry', by: 'folder' } },
    },
    'x-entity': { label: 'name', search: ['name'], duplicates: { name: { match: ['name'], action: 'warn' } } },
  },
  'entity/entry': {
    title: '条目',
    type: 'object',
    properties: {
      folder: { title: '文件夹', 'x-field': { type: 'lookup', entity: 'folder', master: true } },
      text: { title: '文字', 'x-field': { type: 'text' } },
    },
    'x-entity': { label: 'text', search: ['text'] },
  },
  'entity/memo': {
    title: '备忘',
    type: 'object',
    properties: {
      text: { title: '文字', 'x-field': { type: 'text' } },
      folder: { title: '文件夹', 'x-field': { type: 'lookup', entity: 'folder', inverse: 'memos' } },
    },
    'x-entity': { label: 'text' },
  },
  'entity/tag': {
    title: '标签',
    type: 'object',
    properties: { name: { title: '名称', 'x-field': { type: 'text' } } },
    'x-entity': { label: 'name', owned: false },
  },
  'role/own': roleOf('own'),
  'role/own-subordinates': roleOf('own-subordinates'),
  'role/department': roleOf('department'),
  'role/department-below': roleOf('department-below'),
  'role/open': roleOf('all', { rowRule: 'state = "open"' }),
  'role/writer': {
    title: '作者',
    entities: {
      folder: { verbs: { read: 'all', update: 'all', transfer: 'own' } },
      memo: { verbs: everyVerb('own'), rowRule: 'text != "secret"' },
    },
  },
  'role/reader': {
    title: '读者',
    entities: { folder: { verbs: { read: 'department-below', update: 'own' } }, entry: { verbs: everyVerb('all') } },
  },
}

let product: TestProduct
const people: { [name in Name]?: { readonly id: string; readonly cookie: string } } = {}
const folders: { [name in Name]?: string } = {}
const idOf = (name: Name) => people[name]?.id ?? ''
const folderOf = (name: Name) => folders[name] ?? ''

async function made(path: string, body: object): Promise<string> {
  const answer = await product.request('POST', path, body)
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return String(answer.body.id)
}

async function addPerson(name: Name, department: string, manager?: string): Promise<void> {
  const [email, password] = [`${name}@heddle.example`, 'a long password']
  const id = await made('/api/users', { email, name, password, department, ...(manager && { manager }) })
  const signedIn = await product.send('/api/auth/sign-in/email', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  people[name] = { id, cookie: signedIn.headers.get('set-cookie')?.split(';')[0] ?? '' }
}

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish(definitions)
  const top = await made('/api/departments', { name: '总部' })
  const left = await made('/api/departments', { name: '左', parent: top })
  const right = await made('/api/departments', { name: '右', parent: top })
  await addPerson('boss', top)
  await addPerson('anna', left, idOf('boss'))
  await addPerson('bert', right, idOf('boss'))
  for (const name of ['boss', 'anna', 'bert'] as const) {
    const entries = [{ text: `line of ${name}` }]
    folders[name] = await made('/api/records/folder', {
      name: `folder ${name}`,
      state: 'open',
      owner_id: idOf(name),
      entries,
    })
  }
})
afterAll(() => product.stop())

/** Gives the person these roles and asks as them. */
async function as(name: Name, ...roles: string[]) {
  await product.request('PATCH', `/api/users/${idOf(name)}`, { roles })
  const ask = async (method: string, path: string, body?: unknown) => {
    const response = await product.visit(path, {
      method,
      headers: {
        cookie: people[name]?.cookie ?? '',
        origin: 'http://localhost',
        'if-match': '*',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? {} : JSON.parse(text) }
  }
  const names = async (path = '/api/records/folder?sort=name') => {
    const { body } = await ask('GET', path)
    return body.items.map((item: JsonObject) => String(item.name ?? item.label).replace('folder ', ''))
  }
  return { ask, names }
}

describe('a list shows', () => {
  it.each<[Name, Scope, Name[]]>([
    ['anna', 'own', ['anna']],
    ['boss', 'own', ['boss']],
    ['boss', 'own-subordinates', ['anna', 'bert', 'boss']],
    ['anna', 'own-subordinates', ['anna']],
    ['boss', 'department', ['boss']],
    ['boss', 'department-below', ['anna', 'bert', 'boss']],
    ['bert', 'department-below', ['bert']],
  ])('%s with %s: %j', async (name, scope, expected) => {
    const { names, ask } = await as(name, scope)
    expect(await names()).toEqual(expected)
    expect((await ask('GET', '/api/records/folder?total=capped')).body.total).toBe(expected.length)
  })

  it('what several roles add up to, and what rules let through', async () => {
    expect(await (await as('anna', 'own')).names()).toEqual(['anna'])
    expect(await (await as('anna', 'own', 'open')).names()).toEqual(['anna', 'bert', 'boss'])
    const shut = await made('/api/records/folder', { name: 'folder shut', state: 'shut', owner_id: idOf('anna') })
    expect(await (await as('anna', 'open')).names()).toEqual(['anna', 'bert', 'boss'])
    expect(await (await as('anna', 'own', 'open')).names()).toEqual(['anna', 'bert', 'boss', 'shut'])
    await product.request('DELETE', `/api/records/folder/${shut}?purge=true`, undefined, {
      headers: { 'if-match': '*' },
    })
  })

  it('those of further departments, and what is nobody’s to everybody', async () => {
    const { items } = (await product.request('GET', '/api/departments')).body
    const right = (Array.isArray(items) ? items : []).map(asObject).find(({ name }) => name === '右')?.id
    await product.request('PATCH', `/api/users/${idOf('anna')}`, { departments: [right] })
    expect(await (await as('anna', 'department')).names()).toEqual(['anna', 'bert'])
    await product.request('PATCH', `/api/users/${idOf('anna')}`, { departments: [] })
    await made('/api/records/tag', { name: 'everybody’s' })
    const { names } = await as('anna', 'own')
    expect(await names('/api/records/tag')).toEqual(['everybody’s'])
  })

  it('at once what a person may see after they moved', async () => {
    const { names } = await as('boss', 'own-subordinates')
    await product.request('PATCH', `/api/users/${idOf('bert')}`, { manager: null })
    expect(await names()).toEqual(['anna', 'boss'])
    await product.request('PATCH', `/api/users/${idOf('bert')}`, { manager: idOf('boss') })
    expect(await names()).toEqual(['anna', 'bert', 'boss'])
  })
})

describe('what somebody may not see', () => {
  const hidden = () => `/api/records/folder/${folderOf('bert')}`

  it.each<[string, string, () => string, unknown?]>([
    ['itself', 'GET', hidden],
    ['its history', 'GET', () => `${hidden()}/history`],
    ['its timeline', 'GET', () => `${hidden()}/timeline`],
    ['its comments', 'GET', () => `${hidden()}/comments`],
    ['a comment on it', 'POST', () => `${hidden()}/comments`, { text: 'x' }],
    ['a change of it', 'PATCH', hidden, { name: 'x' }],
    ['its deletion', 'DELETE', hidden],
    ['its restoring', 'POST', () => `${hidden()}/restore`],
    [
      'a batch on it',
      'POST',
      () => '/api/records/folder/batch',
      { mode: 'all', operations: [{ op: 'delete', id: 'BERT', version: 1 }] },
    ],
  ])('is not there: %s', async (_title, method, path, body) => {
    const { ask } = await as('anna', 'own')
    const given = body === undefined ? undefined : JSON.parse(JSON.stringify(body).replace('BERT', folderOf('bert')))
    expect((await ask(method, path(), given)).status).toBe(404)
    expect((await product.request('GET', hidden())).body).toMatchObject({
      name: 'folder bert',
      version: 1,
      deleted_at: null,
    })
  })

  it('is counted nowhere, found nowhere, and shown as a bare id behind a lookup', async () => {
    const memo = await made('/api/records/memo', { text: 'about bert', folder: folderOf('bert') })
    const { ask, names } = await as('anna', 'own')
    const counted = await ask('POST', '/api/records/folder/aggregate', {
      groupBy: ['name'],
      measures: [{ count: true }],
    })
    expect(counted.body.items).toEqual([{ group: { name: 'folder anna' }, count: 1 }])
    expect(await names('/api/records/folder?search=folder')).toEqual(['anna'])
    expect((await ask('GET', '/api/search?q=bert')).body.items).toEqual([])
    const shown = (await ask('GET', `/api/records/memo/${memo}?include=folder`)).body
    expect(shown._related.folder).toMatchObject({ id: folderOf('bert'), label: null, name: null, state: null })
    expect((await ask('GET', '/api/records/memo?limit=1')).body.items[0]._related.folder).toEqual({
      id: folderOf('bert'),
      label: null,
    })
    const grouped = await ask('POST', '/api/records/memo/aggregate', {
      groupBy: ['folder'],
      measures: [{ count: true }],
    })
    expect(grouped.body.items[0]._related.folder).toEqual({ id: folderOf('bert'), label: null })
    for (const where of ['folder.name = "folder bert"', 'folder.state = "open"']) {
      expect((await ask('GET', `/api/records/memo?where=${encodeURIComponent(where)}`)).body.items).toEqual([])
    }
    const byName = await ask('POST', '/api/records/memo/aggregate', {
      groupBy: ['folder.name'],
      measures: [{ count: true }],
    })
    expect(byName.body.items).toEqual([{ group: { 'folder.name': null }, count: 1 }])
  })

  it('has lines that are not there either, and that nobody adds or changes', async () => {
    const [line] = (await product.request('GET', `/api/records/entry?folder=${folderOf('bert')}`)).body
      .items as JsonObject[]
    const { ask } = await as('anna', 'own')
    expect((await ask('GET', '/api/records/entry')).body.items.map(({ text }: JsonObject) => text)).toEqual([
      'line of anna',
    ])
    expect((await ask('GET', `/api/records/entry/${line?.id}`)).status).toBe(404)
    expect((await ask('PATCH', `/api/records/entry/${line?.id}`, { text: 'x' })).status).toBe(404)
    const added = await ask('POST', '/api/records/entry', { text: 'x', folder: folderOf('bert') })
    expect(added).toMatchObject({ status: 422, body: { errors: [{ path: '/folder' }] } })
    const [own] = (await ask('GET', '/api/records/entry')).body.items
    const moved = await ask('PATCH', `/api/records/entry/${own.id}`, { folder: folderOf('bert') })
    expect(moved).toMatchObject({ status: 422, body: { errors: [{ path: '/folder' }] } })
  })

  it('cannot be pointed to, as if it were not there', async () => {
    const { ask } = await as('anna', 'own')
    const wanted = { status: 422, body: { errors: [{ path: '/folder', code: 'reference.unknown' }] } }
    expect(await ask('POST', '/api/records/memo', { folder: folderOf('bert') })).toMatchObject(wanted)
    expect((await ask('POST', '/api/records/memo', { folder: folderOf('anna') })).status).toBe(201)
  })

  it('is not named as a duplicate', async () => {
    const { ask } = await as('anna', 'own')
    const { body } = await ask('POST', '/api/records/folder', { name: 'folder bert' })
    expect(body._meta.duplicates).toEqual([{ rule: 'name', ids: [] }])
    await ask('DELETE', `/api/records/folder/${body.id}`)
  })

  it('is not found by the key of an upsert, alone or among others', async () => {
    const { ask } = await as('anna', 'own')
    const upsert = () =>
      ask('POST', '/api/records/folder/batch', {
        mode: 'all',
        operations: [{ op: 'upsert', key: { name: 'folder bert' }, data: { state: 'shut' } }],
      })
    const first = await upsert()
    expect(first.body.items).toMatchObject([{ status: 201 }])
    const again = await upsert()
    expect(again.body.items).toMatchObject([{ status: 200, id: first.body.items[0].id }])
    expect((await product.request('GET', hidden())).body).toMatchObject({ state: 'open', version: 1 })
    await ask('DELETE', `/api/records/folder/${first.body.items[0].id}`)
  })

  it('has files that nobody downloads', async () => {
    const form = new FormData()
    form.append('file', new Blob(['hello']), 'note.txt')
    const { id } = asObject(await (await product.send('/api/files', { method: 'POST', body: form })).json())
    await product.request('PATCH', hidden(), { plan: id }, { headers: { 'if-match': '*' } })
    const { ask } = await as('anna', 'own')
    expect((await ask('GET', `/api/files/${String(id)}`)).status).toBe(404)
    const rows = await product.database.sql`select 1 from heddle.file where id = ${String(id)}`
    expect(rows.length).toBe(1)
    await product.request('PATCH', hidden(), { plan: null }, { headers: { 'if-match': '*' } })
    await product.database.sql`update app.folder set version = 1 where id = ${folderOf('bert')}`
  })

  it('makes no event in their stream', async () => {
    await as('anna', 'own')
    const response = await product.visit('/api/events', { headers: { cookie: people.anna?.cookie ?? '' } })
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    await product.request('PATCH', hidden(), { state: 'shut' }, { headers: { 'if-match': '*' } })
    await product.request(
      'PATCH',
      `/api/records/folder/${folderOf('anna')}`,
      { state: 'open', name: 'folder anna' },
      { headers: { 'if-match': '*' } },
    )
    await product.request(
      'PATCH',
      `/api/records/folder/${folderOf('anna')}`,
      { state: 'shut' },
      { headers: { 'if-match': '*' } },
    )
    let text = ''
    while (!text.includes(folderOf('anna'))) text += (await reader?.read())?.value ?? ''
    await reader?.cancel()
    expect(text).not.toContain(folderOf('bert'))
    for (const name of ['anna', 'bert'] as const) {
      await product.request(
        'PATCH',
        `/api/records/folder/${folderOf(name)}`,
        { state: 'open' },
        { headers: { 'if-match': '*' } },
      )
    }
  })
})

describe('what somebody may see but not change', () => {
  it('is refused, told apart from what is not there', async () => {
    const { ask } = await as('boss', 'reader')
    expect((await ask('GET', `/api/records/folder/${folderOf('anna')}`)).status).toBe(200)
    expect((await ask('PATCH', `/api/records/folder/${folderOf('anna')}`, { name: 'x' })).status).toBe(403)
    expect((await ask('PATCH', `/api/records/folder/${folderOf('boss')}`, { name: 'folder boss' })).status).toBe(200)
    const [line] = (await ask('GET', `/api/records/entry?folder=${folderOf('anna')}`)).body.items
    expect((await ask('PATCH', `/api/records/entry/${line.id}`, { text: 'x' })).status).toBe(403)
  })
})

describe('a rule on rows', () => {
  it('holds for the record as it was and as it would be, and undoes what leaves it', async () => {
    const { ask } = await as('anna', 'open')
    const path = `/api/records/folder/${folderOf('anna')}`
    expect(await ask('PATCH', path, { state: 'shut' })).toMatchObject({ status: 403, body: { code: 'access.outside' } })
    expect((await ask('GET', path)).body).toMatchObject({ state: 'open' })
    expect(await ask('POST', '/api/records/folder', { name: 'x', state: 'shut' })).toMatchObject({ status: 403 })
    const batch = {
      mode: 'all',
      operations: [
        { op: 'create', data: { state: 'open' } },
        { op: 'create', data: { state: 'shut' } },
      ],
    }
    expect((await ask('POST', '/api/records/folder/batch', batch)).status).toBe(403)
    const [row] = await product.database.sql`select count(*)::int as count from app.folder where name is null`
    expect(row?.count).toBe(0)
    await product.request('PATCH', path, { state: 'shut' }, { headers: { 'if-match': '*' } })
    expect((await ask('PATCH', path, { name: 'x' })).status).toBe(404)
    await product.request('PATCH', path, { state: 'open' }, { headers: { 'if-match': '*' } })
  })
})

describe('records that stand alone', () => {
  it('are held against a rule as well, one by one and many at once', async () => {
    const { ask } = await as('anna', 'writer')
    expect((await ask('POST', '/api/records/memo', { text: 'secret' })).status).toBe(403)
    const many = ['open', 'secret'].map((text) => ({ op: 'create', data: { text } }))
    expect((await ask('POST', '/api/records/memo/batch', { mode: 'all', operations: many })).status).toBe(403)
    const [row] = await product.database
      .sql`select count(*)::int as count from app.memo where text in ('open', 'secret')`
    expect(row?.count).toBe(0)
    const { body } = await ask('POST', '/api/records/memo', { text: 'mine' })
    expect((await ask('PATCH', `/api/records/memo/${body.id}`, { text: 'secret' })).status).toBe(403)
    expect((await ask('GET', `/api/records/memo/${body.id}`)).body.text).toBe('mine')
  })

  it('are left out of what points here', async () => {
    await made('/api/records/memo', { text: 'of bert', folder: folderOf('anna'), owner_id: idOf('bert') })
    const { ask } = await as('anna', 'writer')
    await ask('POST', '/api/records/memo', { text: 'of anna', folder: folderOf('anna') })
    const { body } = await ask('GET', `/api/records/folder/${folderOf('anna')}?include=memos(text)`)
    const texts = body._related.memos.map(({ text }: { text: string }) => text)
    expect(texts).toContain('of anna')
    expect(texts).not.toContain('of bert')
  })
})

describe('giving away', () => {
  it('what is others’ takes a right of its own', async () => {
    const { ask } = await as('anna', 'writer')
    const path = (name: Name) => `/api/records/folder/${folderOf(name)}`
    expect((await ask('PATCH', path('bert'), { name: 'folder bert' })).status).toBe(200)
    expect((await ask('PATCH', path('bert'), { owner_id: idOf('anna') })).status).toBe(403)
  })

  it('what is one’s own is allowed with the right to transfer, and it is gone then', async () => {
    const { ask } = await as('anna', 'own')
    const { body } = await ask('POST', '/api/records/folder', { name: 'gift' })
    expect((await ask('PATCH', `/api/records/folder/${body.id}`, { owner_id: idOf('bert') })).status).toBe(200)
    expect((await ask('GET', `/api/records/folder/${body.id}`)).status).toBe(404)
    expect((await product.request('GET', `/api/records/folder/${body.id}`)).body.owner_id).toBe(idOf('bert'))
  })
})
