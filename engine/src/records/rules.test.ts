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
