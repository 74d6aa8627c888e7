import type { JsonObject } from '@heddle/metadata'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

const grade = {
  title: '等级',
  type: 'object',
  required: ['name'],
  properties: {
    name: { title: '名称', 'x-field': { type: 'text' } },
    top_size: { title: '上限', 'x-field': { type: 'number', scale: 0 } },
  },
  'x-entity': { label: 'name' },
}
const project = {
  title: '项目',
  type: 'object',
  required: ['name'],
  properties: {
    name: { title: '名称', 'x-field': { type: 'text' } },
    stage: {
      title: '阶段',
      default: 'open',
      'x-field': {
        type: 'select',
        options: { open: { title: '进行' }, done: { title: '完成', when: 'size > 0' }, lost: { title: '失败' } },
      },
    },
    grade: { title: '等级', 'x-field': { type: 'lookup', entity: 'grade' } },
    size: { title: '规模', 'x-field': { type: 'number', scale: 0, default: 'if stage = "open" then 5 else 0' } },
    twice: { title: '两倍', 'x-field': { type: 'formula', returns: 'number', scale: 0, expression: 'size * 2' } },
    reason: { title: '原因', 'x-field': { type: 'text', required: 'stage = "lost"', readOnly: 'stage = "done"' } },
    started_on: { title: '开始', 'x-field': { type: 'date', default: 'today()' } },
    steps: { title: '步骤', 'x-field': { type: 'lines', entity: 'step', by: 'project' } },
    mark: { title: '记号', default: ' x ', 'x-field': { type: 'text' } },
    sign: { title: '标志', 'x-field': { type: 'text', default: '" " + name' } },
    extent: {
      title: '范围',
      properties: {
        pages: { title: '页', default: 7.25, 'x-field': { type: 'number', scale: 1 } },
        remark: { title: '备注', 'x-field': { type: 'text' } },
      },
      'x-field': { type: 'group' },
    },
  },
  'x-entity': {
    label: 'name',
    rules: {
      limit: { when: 'size > grade.top_size', error: '超过等级上限', at: 'size' },
      twice_large: { when: 'twice > 100', error: '太大', severity: 'warning', at: 'size' },
      steps_sum: { when: 'sum(steps.hours) > 40', error: '步骤超过 40 小时', at: 'steps' },
    },
  },
}
const step = {
  title: '步骤',
  type: 'object',
  required: ['project', 'hours'],
  properties: {
    project: { title: '项目', 'x-field': { type: 'lookup', entity: 'project', master: true } },
    hours: { title: '小时', 'x-field': { type: 'number', scale: 1 } },
    done_on: { title: '完成日', 'x-field': { type: 'date' } },
    pause: {
      title: '休息',
      properties: {
        minutes: { title: '分钟', default: 5, 'x-field': { type: 'integer' } },
        place: { title: '地点', 'x-field': { type: 'text' } },
      },
      'x-field': { type: 'group' },
    },
    weight: { title: '权重', 'x-field': { type: 'number', scale: 0, default: 'project.size' } },
  },
  'x-entity': { rules: { hours_small: { when: 'hours > project.size * 10', error: '单步过长', at: 'hours' } } },
}

const offer = {
  title: '预算',
  type: 'object',
  properties: { amount: { title: '金额', 'x-field': { type: 'money' } } },
  'x-entity': { currency: true, rules: { small: { when: 'amount_base > 1000', error: '超过一千', at: 'amount' } } },
}
const memo = {
  title: '便条',
  type: 'object',
  properties: {
    about: { title: '有关', 'x-field': { type: 'lookup', entity: 'memo' } },
    text: { title: '内容', 'x-field': { type: 'text', readOnly: 'created_by != user.id' } },
    maker: {
      title: '谁写的',
      'x-field': { type: 'text', default: 'if created_by = user.id and owner_id = user.id then "me" else "else"' },
    },
  },
  'x-entity': {
    rules: {
      often: { when: 'version > 2', error: '改得太多' },
      timeless: { when: 'id != null and (created_at = null or created_at > now())', error: '没有时间' },
      own_only: { when: 'about.created_by != null and about.created_by != user.id', error: '别人的', at: 'about' },
    },
  },
}
const stuff = {
  title: '料',
  type: 'object',
  properties: { kind: { title: '类', 'x-field': { type: 'text' } } },
}
const bale = {
  title: '包',
  type: 'object',
  properties: {
    most: { title: '上限', 'x-field': { type: 'integer' } },
    pieces: { title: '件', 'x-field': { type: 'lines', entity: 'piece', by: 'bale' } },
  },
  'x-entity': {
    rules: {
      rare: { when: 'some p in pieces satisfies p.stuff.kind = "rare"', error: '太稀有', at: 'pieces' },
      full: { when: 'some p in pieces satisfies p.over > 0', error: '太满', at: 'pieces' },
    },
  },
}
const piece = {
  title: '件',
  type: 'object',
  properties: {
    bale: { title: '包', 'x-field': { type: 'lookup', entity: 'bale', master: true } },
    stuff: { title: '料', 'x-field': { type: 'lookup', entity: 'stuff' } },
    size: { title: '数', 'x-field': { type: 'integer' } },
    twice: { title: '两倍', 'x-field': { type: 'formula', returns: 'integer', expression: 'size * 2' } },
    over: { title: '超出', 'x-field': { type: 'formula', returns: 'integer', expression: 'size - bale.most' } },
  },
  'x-entity': { rules: { grows: { when: 'twice > old.twice + 10', error: '长得太快', at: 'size' } } },
}
const visit = {
  title: '访问',
  type: 'object',
  properties: {
    grade: { title: '等级', 'x-field': { type: 'lookup', entity: 'grade' } },
    at: { title: '时刻', 'x-field': { type: 'datetime', default: 'now()' } },
    stops: { title: '停留', 'x-field': { type: 'lines', entity: 'stop', by: 'visit' } },
  },
  'x-entity': { rules: { late: { when: 'now() != at or grade.top_size < 0', error: '时刻不同' } } },
}
const stop = {
  title: '停留',
  type: 'object',
  properties: {
    visit: { title: '访问', 'x-field': { type: 'lookup', entity: 'visit', master: true } },
    grade: { title: '等级', 'x-field': { type: 'lookup', entity: 'grade' } },
    at: { title: '时刻', 'x-field': { type: 'datetime', default: 'now()' } },
  },
  'x-entity': { rules: { late: { when: 'now() != at or visit.at != at or grade.top_size < 0', error: '时刻不同' } } },
}
const settings = { currency: 'CNY', rates: { USD: 7.1 } }

let product: TestProduct
let low = ''
beforeAll(async () => {
  product = await startTestProduct()
  await product.publish({
    'entity/grade': grade,
    'entity/project': project,
    'entity/step': step,
    'entity/offer': offer,
    'entity/memo': memo,
    'entity/stuff': stuff,
    'entity/bale': bale,
    'entity/piece': piece,
    'role/writer': { title: '作者', entities: { memo: { verbs: { read: 'all', create: 'all', update: 'all' } } } },
    'entity/visit': visit,
    'entity/stop': stop,
    'settings/site': settings,
  })
  low = String((await product.request('POST', '/api/records/grade', { name: '低', top_size: 60 })).body.id)
})
afterAll(() => product.stop())

const create = (body: JsonObject) => product.request('POST', '/api/records/project', body)
const patch = (id: unknown, body: JsonObject) =>
  product.request('PATCH', `/api/records/project/${id}`, body, { headers: { 'if-match': '*' } })

test('defaults fill what is absent, each seeing those before it, and leave null alone', async () => {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date())
  const created = await create({ name: '一', steps: [{ hours: 1 }] })
  expect(created.body).toMatchObject({ stage: 'open', size: 5, started_on: today, steps: [{ weight: 5 }] })
  expect((await create({ name: '二', size: null, stage: 'lost', reason: '无' })).body.size).toBeNull()
})

test('defaults are stored as if somebody had written them', async () => {
  expect((await create({ name: '一' })).body).toMatchObject({ mark: 'x', sign: '一' })
})

test('a group that is given gets the defaults of its absent parts, one that is absent stays absent', async () => {
  const { body } = await create({ name: '一', extent: { remark: 'x' }, steps: [{ hours: 1, pause: {} }, { hours: 1 }] })
  expect(body).toMatchObject({
    extent: { pages: 7.3, remark: 'x' },
    steps: [{ pause: { minutes: 5 } }, { pause: null }],
  })
  expect((await create({ name: '二', extent: { pages: null } })).body.extent).toMatchObject({ pages: null })
  expect((await create({ name: '三' })).body.extent).toBeNull()
  const [{ id }] = Object(body.steps)
  await patch(body.id, { steps: [{ id, pause: { minutes: null } }] })
  const changed = await patch(body.id, { steps: [{ id, pause: { place: 'y' } }] })
  expect(Object(changed.body.steps)[0].pause).not.toMatchObject({ minutes: 5 })
})

const refused: [string, JsonObject, string, string][] = [
  ['a rule that reads through a lookup', { name: 'x', size: 61 }, '/size', 'rule.limit'],
  ['a field required by the others', { name: 'x', stage: 'lost' }, '/reason', 'value.required'],
  ['an option that its condition closes', { name: 'x', stage: 'done', size: 0 }, '/stage', 'option.unavailable'],
  ['a rule over the lines', { name: 'x', steps: [{ hours: 21 }, { hours: 20 }] }, '/steps', 'rule.steps_sum'],
  ['a rule of a line', { name: 'x', size: 1, steps: [{ hours: 11 }] }, '/steps/0/hours', 'rule.hours_small'],
]
test.each(refused)('%s refuses a new record with what and where', async (_, body, path, code) => {
  const answer = await create({ ...body, grade: low })
  expect(answer).toMatchObject({ status: 422, body: { errors: [{ path, code }] } })
})

test('a change is judged by the record as it would be', async () => {
  const { body } = await create({ name: '三', size: 3, grade: low, steps: [{ hours: 30 }] })
  expect((await patch(body.id, { size: 61 })).body.errors).toMatchObject([{ path: '/size', code: 'rule.limit' }])
  expect((await patch(body.id, { stage: 'done' })).status).toBe(200)
  expect((await patch(body.id, { reason: 'x' })).body.errors).toMatchObject([{ code: 'field.readOnly' }])
  const more = await patch(body.id, { steps: [{ id: Object(body.steps)[0].id }, { hours: 11 }] })
  expect(more.body.errors).toMatchObject([{ path: '/steps', code: 'rule.steps_sum' }])
})

test('now() is the same moment in every default and every rule of one request', async () => {
  const lines = Array.from({ length: 200 }, () => ({ grade: low }))
  const created = await product.request('POST', '/api/records/visit', { grade: low, stops: lines })
  expect(created.body.errors ?? []).toEqual([])
  expect(created.status).toBe(201)
})

test('a warning does not stop the write and is told with the record', async () => {
  const created = await create({ name: '四', size: 51, grade: low })
  expect(created).toMatchObject({
    status: 201,
    body: { _meta: { warnings: [{ path: '/size', code: 'rule.twice_large' }] } },
  })
})

test('what the system writes is known of the record, of those it looks up, and as far as possible of a new one', async () => {
  const [mine, other] = [await product.key('writer'), await product.key('writer')]
  const write = (key: string, path: string, body: JsonObject) =>
    product.request(path === '' ? 'POST' : 'PATCH', `/api/records/memo${path}`, body, {
      key,
      headers: { 'if-match': '*' },
    })
  const { status, body } = await write(mine, '', { text: 'a' })
  expect({ status, body }).toMatchObject({ status: 201, body: { maker: 'me' } })
  const foreign = await write(other, `/${body.id}`, { text: 'b' })
  expect(foreign.body.errors).toMatchObject([{ path: '/text', code: 'field.readOnly' }])
  expect((await write(mine, `/${body.id}`, { text: 'b' })).status).toBe(200)
  expect((await write(mine, '', { about: body.id ?? null })).status).toBe(201)
  expect((await write(other, '', { about: body.id ?? null })).body.errors).toMatchObject([{ code: 'rule.own_only' }])
  expect((await write(mine, `/${body.id}`, { text: 'c' })).status).toBe(200)
  expect((await write(mine, `/${body.id}`, { text: 'd' })).body.errors).toMatchObject([{ code: 'rule.often' }])
})

test('a rule over lines sees behind their lookups, and the formulas of a line as it was', async () => {
  const kind = async (name: string) =>
    (await product.request('POST', '/api/records/stuff', { kind: name })).body.id ?? null
  const [rare, plain] = [await kind('rare'), await kind('plain')]
  const bales = '/api/records/bale'
  const refused = await product.request('POST', bales, { pieces: [{ stuff: plain }, { stuff: rare }] })
  expect(refused.body.errors).toMatchObject([{ path: '/pieces', code: 'rule.rare' }])
  const full = await product.request('POST', bales, { most: 3, pieces: [{ size: 4 }] })
  expect(full.body.errors).toMatchObject([{ path: '/pieces', code: 'rule.full' }])
  const { body } = await product.request('POST', bales, { most: 30, pieces: [{ stuff: plain, size: 3 }] })
  const change = (patch: JsonObject) =>
    product.request('PATCH', `${bales}/${body.id}`, patch, { headers: { 'if-match': '*' } })
  const [line] = body.pieces as { id: string }[]
  const grown = (size: number) => change({ pieces: [{ id: line?.id ?? '', size }] })
  expect((await grown(9)).body.errors).toMatchObject([{ path: '/pieces/0/size', code: 'rule.grows' }])
  expect((await grown(8)).status).toBe(200)
  expect((await change({ most: 7 })).body.errors).toMatchObject([{ code: 'rule.full' }])
  await product.request('PATCH', `/api/records/stuff/${plain}`, { kind: 'rare' }, { headers: { 'if-match': '*' } })
  expect((await change({ most: 29 })).body.errors).toMatchObject([{ code: 'rule.rare' }])
})

test.each([
  ['old.grade.top_size > 1', 'top_size'],
  ['sum(old.steps.hours) > 1', 'steps'],
])('what is not read of the record before, “%s”, is refused at publish', async (when, name) => {
  const body = { ...project, 'x-entity': { rules: { r: { when, error: 'x' } } } }
  await product.request('PUT', '/api/metadata/draft/entity/project', { body })
  const plan = await product.request('POST', '/api/metadata/plan')
  await product.request('DELETE', '/api/metadata/draft')
  expect(JSON.stringify(plan.body.findings)).toContain(name)
  expect(plan.body.findings).toMatchObject([{ severity: 'error', path: '/x-entity/rules/r/when' }])
})

test('an expression that does not fit is refused at publish with name and position', async () => {
  const broken = { ...grade, 'x-entity': { rules: { r: { when: 'top_siz > 1 and name = 2', error: 'x' } } } }
  await product.request('PUT', '/api/metadata/draft/entity/grade', { body: broken })
  const plan = await product.request('POST', '/api/metadata/plan')
  expect(JSON.stringify(plan.body.findings)).toContain('did you mean “top_size”')
  await product.request('DELETE', '/api/metadata/draft')
})

test('the rate to the company currency is frozen with the record and amounts are judged by it', async () => {
  const own = await product.request('POST', '/api/records/offer', { amount: 900 })
  expect(own.body).toMatchObject({ currency: 'CNY', rate: 1 })
  const path = `/api/records/offer/${own.body.id}`
  const dollars = await product.request('PATCH', path, { currency: 'USD' }, { headers: { 'if-match': '*' } })
  expect(dollars.body.errors).toMatchObject([{ path: '/amount', code: 'rule.small' }])
  const less = await product.request('PATCH', path, { currency: 'USD', amount: 100 }, { headers: { 'if-match': '*' } })
  expect(less.body).toMatchObject({ currency: 'USD', rate: 7.1 })
  const unknown = await product.request('POST', '/api/records/offer', { amount: 1, currency: 'JPY' })
  expect(unknown.body.errors).toMatchObject([{ path: '/currency', code: 'currency.rate' }])
})

test('one answer names every value that does not fit, its schema or its type', async () => {
  const answer = await create({
    size: 'big',
    started_on: '0000-01-01',
    steps: [{ hours: 1, done_on: '0000-01-01' }, {}],
  })
  expect(answer.status).toBe(422)
  const errors = (answer.body.errors as { path: string; code: string }[]).map(({ path, code }) => `${path} ${code}`)
  expect(errors.sort()).toEqual([
    '/name value.required',
    '/size value.type',
    '/started_on value.year',
    '/steps/0/done_on value.year',
    '/steps/1/hours value.required',
  ])
})
