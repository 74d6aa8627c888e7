import type { JsonObject } from '@heddle/metadata'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

const text = (title: string, more: JsonObject = {}): JsonObject => ({ title, 'x-field': { type: 'text', ...more } })
const lookup = (entity: string, more: JsonObject = {}): JsonObject => ({
  title: entity,
  'x-field': { type: 'lookup', entity, ...more },
})
const entity = (properties: JsonObject, more: JsonObject = {}): JsonObject => ({
  title: '实体',
  type: 'object',
  properties: { name: text('名称'), ...properties },
  'x-entity': { label: 'name', ...more },
})

let product: TestProduct

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish({
    'entity/area': entity({}),
    'entity/project': entity({
      area: lookup('area'),
      about: { title: '有关', 'x-field': { type: 'polymorphic-lookup', entities: ['area'] } },
      steps: { title: '步骤', 'x-field': { type: 'lines', entity: 'step', by: 'project' } },
    }),
    'entity/step': entity(
      {
        project: lookup('project', { master: true }),
        area: lookup('area'),
        earlier: lookup('step', { onDelete: 'cascade' }),
      },
      { duplicates: { name: { match: ['name'], action: 'block' } } },
    ),
    'entity/note': entity({ step: lookup('step', { onDelete: 'cascade' }), code: text('编号', { unique: true }) }),
    'entity/remark': entity({ note: lookup('note', { onDelete: 'cascade' }) }),
  })
})
afterAll(() => product.stop())

const make = async (name: string, body: JsonObject) => {
  const { status, body: made } = await product.request('POST', `/api/records/${name}`, body)
  expect(status).toBe(201)
  return String(made.id)
}
const drop = async (name: string, id: string) => {
  const options = { headers: { 'if-match': '*' } }
  expect((await product.request('DELETE', `/api/records/${name}/${id}`, undefined, options)).status).toBe(204)
}
const restore = (name: string, id: string) => product.request('POST', `/api/records/${name}/${id}/restore`)
const isThere = async (name: string, id: string) =>
  (await product.request('GET', `/api/records/${name}/${id}`)).body.deleted_at === null

it('a record comes back with all that went along with it, however far, and with nothing else', async () => {
  const project = await make('project', { name: 'p' })
  const first = await make('step', { project, name: 'first' })
  const later = await make('step', { project, name: 'later', earlier: first })
  const note = await make('note', { step: later })
  const remark = await make('remark', { note })
  const gone = await make('note', { step: later })
  await drop('note', gone)
  await drop('project', project)
  for (const [name, id] of [
    ['step', later],
    ['note', note],
    ['remark', remark],
  ] as const) {
    expect(await isThere(name, id)).toBe(false)
  }
  expect((await restore('project', project)).status).toBe(200)
  for (const [name, id] of [
    ['step', first],
    ['step', later],
    ['note', note],
    ['remark', remark],
  ] as const) {
    expect(await isThere(name, id)).toBe(true)
  }
  expect(await isThere('note', gone)).toBe(false)
})

it.each<[string, (area: string) => JsonObject]>([
  ['area', (area) => ({ area })],
  ['about', (id) => ({ about: { entity: 'area', id } })],
])('a record does not come back while its %s is in the trash', async (field, body) => {
  const area = await make('area', { name: 'a' })
  const project = await make('project', { name: 'p', ...body(area) })
  await drop('project', project)
  await drop('area', area)
  expect(await restore('project', project)).toMatchObject({
    status: 422,
    body: { errors: [{ path: `/${field}`, code: 'reference.unknown' }] },
  })
  expect(await isThere('project', project)).toBe(false)
  await restore('area', area)
  expect((await restore('project', project)).status).toBe(200)
})

it('a line does not come back without its parent, nor a parent whose line leads to the trash', async () => {
  const area = await make('area', { name: 'a' })
  const project = await make('project', { name: 'p' })
  const step = await make('step', { project, area, name: 's' })
  await drop('step', step)
  await drop('project', project)
  expect(await restore('step', step)).toMatchObject({ status: 422, body: { errors: [{ path: '/project' }] } })
  expect((await restore('project', project)).status).toBe(200)
  expect((await restore('step', step)).status).toBe(200)
  await drop('project', project)
  await drop('area', area)
  const answer = await restore('project', project)
  expect(answer).toMatchObject({
    status: 422,
    body: { entity: 'step', errors: [{ path: '', code: 'reference.unknown' }] },
  })
  expect(await isThere('project', project)).toBe(false)
})

it('what comes along does not come back beside its duplicate', async () => {
  const project = await make('project', { name: 'p' })
  const step = await make('step', { project, name: 'only' })
  const note = await make('note', { step, code: 'N1' })
  await drop('project', project)
  const other = await make('step', { project: await make('project', {}), name: 'only' })
  expect(await restore('project', project)).toMatchObject({
    status: 409,
    body: { code: 'record.duplicate', entity: 'step', ids: [other], errors: [{ path: '' }] },
  })
  await drop('step', other)
  const taken = await make('note', { code: 'N1' })
  expect(await restore('project', project)).toMatchObject({
    status: 409,
    body: { code: 'record.duplicate', entity: 'note', errors: [{ path: '' }] },
  })
  await drop('note', taken)
  expect((await restore('project', project)).status).toBe(200)
  expect(await isThere('note', note)).toBe(true)
})
