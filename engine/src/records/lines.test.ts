import { asObject, type JsonObject } from '@heddle/metadata'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parted } from '../testing/parted.ts'
import { type Answer, startTestProduct, type TestProduct } from '../testing/product.ts'

let product: TestProduct
const keys: { [role: string]: string } = {}
const items = '/api/records/item'

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish(parted)
  for (const role of ['maker', 'mender', 'cutter', 'sender']) keys[role] = await product.key(role)
})
afterAll(() => product.stop())

const as = (role?: string) => (role === undefined ? {} : { key: keys[role] ?? role })
const create = (body: JsonObject, role?: string) => product.request('POST', items, body, as(role))
const patch = (id: unknown, body: JsonObject, role?: string) =>
  product.request('PATCH', `${items}/${id}`, body, { ...as(role), headers: { 'if-match': '*' } })
const partsOf = ({ body }: Answer) => (Array.isArray(body.parts) ? body.parts.map(asObject) : [])
const errorsOf = ({ body }: Answer) =>
  Array.isArray(body.errors) ? body.errors.map(asObject).map(({ path, code }) => `${path} ${code}`) : []

describe('a line written with its parent takes the rights of a record:', () => {
  it('a new one the right to create, a changed one to update, one left out to delete', async () => {
    const bodies: ((one: JsonObject, two: JsonObject) => JsonObject[])[] = [
      (one, two) => [one, { ...two, label: 'b' }],
      (one, two) => [one, two, { label: 'x' }],
      (one, two) => [{ ...one, label: 'c' }, two],
      (_one, two) => [two],
    ]
    const statuses = async (role: string) => {
      const answers: number[] = []
      for (const parts of bodies) {
        const item = await create({ parts: [{ label: 'a' }, { label: 'b' }] })
        const [one = {}, two = {}] = partsOf(item).map(({ id = '' }) => ({ id }))
        answers.push((await patch(item.body.id, { parts: parts(one, two) }, role)).status)
      }
      return answers
    }
    expect(await statuses('maker')).toEqual([200, 200, 403, 403])
    expect(await statuses('mender')).toEqual([200, 403, 200, 403])
    expect(await statuses('cutter')).toEqual([200, 403, 403, 200])
    expect((await create({ parts: [{ label: 'a' }] }, 'mender')).status).toBe(403)
    expect((await create({ parts: [{ label: 'a' }] }, 'maker')).status).toBe(201)
  })

  it('an order of lines is the parent’s and takes no right to them', async () => {
    const item = await create({ parts: [{ label: 'a' }, { label: 'b' }] })
    const turned = partsOf(item)
      .reverse()
      .map(({ id = '' }) => ({ id }))
    expect(partsOf(await patch(item.body.id, { parts: turned }, 'cutter'))).toMatchObject(turned)
  })

  it('a field that may not be written is refused where it stands, changed or not', async () => {
    const item = await create({ parts: [{ label: 'a' }, { label: 'b', size: 1 }] })
    const [one, two] = partsOf(item).map(({ id = '' }) => id)
    const parts: JsonObject[] = [
      { id: one ?? '', secret: 'x' },
      { id: two ?? '', size: 1 },
    ]
    const answer = await patch(item.body.id, { parts }, 'mender')
    expect(answer.status).toBe(422)
    expect(errorsOf(answer)).toEqual(['/parts/0/secret field.denied', '/parts/1/size field.denied'])
  })
})

it('a line that is named twice is refused where it is named again', async () => {
  const item = await create({ parts: [{ label: 'a' }] })
  const [{ id = '' } = {}] = partsOf(item)
  const answer = await patch(item.body.id, { parts: [{ id, label: 'b' }, { id }] })
  expect(answer.status).toBe(422)
  expect(errorsOf(answer)).toEqual(['/parts/1/id line.repeated'])
})

describe('what the database finds wrong with a line is told where the line stands:', () => {
  const nobody = '0190f300-0000-7000-8000-000000000000'
  const cases: [string, JsonObject, string, number][] = [
    ['a lookup that leads nowhere', { area: nobody }, '/parts/1/area reference.unknown', 422],
    ['a link that leads nowhere', { areas: [nobody] }, '/parts/1/areas reference.unknown', 422],
    ['a value that another line has', { code: 'one' }, '/parts/1/code value.unique', 409],
  ]
  it.each(cases)('%s, of a new and of a known line, alone and in a batch', async (_, wrong, error, status) => {
    const parts: JsonObject[] = [
      { label: 'a', code: 'one' },
      { label: 'b', ...wrong },
    ]
    const created = await create({ parts })
    expect([created.status, errorsOf(created)]).toEqual([status, [error]])
    const operations = [1, 2].map(() => ({ op: 'create', data: { parts } }))
    const batch = await product.request('POST', `${items}/batch`, { mode: 'all', operations })
    expect([batch.status, errorsOf(batch)]).toEqual([status, [`/operations/0/data${error}`]])
    const item = await create({ parts: [{ label: 'a', code: 'one' }, { label: 'b' }] })
    const [one = {}, two = {}] = partsOf(item).map(({ id = '' }) => ({ id }))
    const patched = await patch(item.body.id, { parts: [one, { ...two, ...wrong }] })
    expect([patched.status, errorsOf(patched)]).toEqual([status, [error]])
    await product.request('DELETE', `${items}/${item.body.id}`, undefined, { headers: { 'if-match': '*' } })
  })
})

describe('a line that somebody else changes between reading and writing', () => {
  /** Sends a change while another transaction holds the line, which it has changed when it lets go. */
  const during = async (line: unknown, send: () => Promise<Answer>) => {
    const { sql } = product.database
    const answer = await sql.begin(async (other) => {
      await other`update app.part set version = version + 1, size = 9 where id = ${String(line)}`
      const sent = send()
      const isWaiting = async () => {
        const [row] = await sql<{ waiting: boolean }[]>`
          select exists (
            select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
          ) as waiting`
        return row?.waiting === true
      }
      while (!(await isWaiting())) await new Promise((resolve) => setTimeout(resolve, 5))
      return { sent }
    })
    return answer.sent
  }

  it.each(['*', '1'])('does not stop nor double the change of its parent at version %s', async (version) => {
    const item = await create({ parts: [{ label: 'a' }] })
    const [{ id = '' } = {}] = partsOf(item)
    const body = { name: 'x', parts: [{ label: 'new' }, { id, label: 'b' }] }
    const path = `${items}/${item.body.id}`
    const answer = await during(id, () => product.request('PATCH', path, body, { headers: { 'if-match': version } }))
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ version: 2, parts: [{ label: 'new' }, { id, label: 'b', size: 9 }] })
    const rows = await product.database.sql`
      select label from app.part where whole = ${String(item.body.id)} order by _position`
    expect(rows.map(({ label }) => label)).toEqual(['new', 'b'])
  })

  it('does not stop a batch either', async () => {
    const item = await create({ parts: [{ label: 'a' }] })
    const [{ id = '' } = {}] = partsOf(item)
    const data = { parts: [{ label: 'new' }, { id, label: 'b' }] }
    const operations = [{ op: 'update', id: item.body.id, data }]
    const batch = await during(id, () => product.request('POST', `${items}/batch`, { mode: 'all', operations }))
    expect(batch.body.items).toMatchObject([{ status: 200 }])
    const { body } = await product.request('GET', `${items}/${item.body.id}`)
    expect(body).toMatchObject({ version: 2, parts: [{ label: 'new' }, { id, label: 'b', size: 9 }] })
  })
})

describe('lines take the steps of records:', () => {
  it('the rate of their currency is frozen with them', async () => {
    const item = await create({
      parts: [
        { label: 'a', price: 2 },
        { label: 'b', price: 2, currency: 'USD' },
      ],
    })
    expect(partsOf(item)).toMatchObject([
      { currency: 'CNY', rate: 1, price_base: 2 },
      { currency: 'USD', rate: 7, price_base: 14 },
    ])
    const [one = {}, two = {}] = partsOf(item).map(({ id = '' }) => ({ id }))
    const changed = await patch(item.body.id, { parts: [{ ...one, currency: 'USD' }, two] })
    expect(partsOf(changed)).toMatchObject([{ rate: 7, price_base: 14 }, { rate: 7 }])
    const unknown = [{ ...one, currency: 'JPY' }, two, { label: 'c', currency: 'JPY' }]
    expect(errorsOf(await patch(item.body.id, { parts: unknown }))).toEqual([
      '/parts/0/currency currency.rate',
      '/parts/2/currency currency.rate',
    ])
  })

  it('one that duplicates a stored one or a sibling by a rule that blocks is refused where it stands', async () => {
    const first = await create({ parts: [{ label: 'a', serial: 'S1' }] })
    const [{ id } = {}] = partsOf(first)
    const again = await create({ parts: [{ label: 'b' }, { label: 'c', serial: ' s1' }] })
    expect(again).toMatchObject({ status: 409, body: { code: 'record.duplicate', rule: 'serial', ids: [id] } })
    expect(errorsOf(again)).toEqual(['/parts/1/serial record.duplicate'])
    const twins = await create({
      parts: [
        { label: 'b', serial: 'S2' },
        { label: 'c', serial: 'S2' },
      ],
    })
    expect(twins).toMatchObject({ status: 409, body: { rule: 'serial', ids: [] } })
    expect(errorsOf(twins)).toEqual(['/parts/1/serial record.duplicate'])
    const other = await create({ parts: [{ label: 'b', serial: 'S3' }] })
    const [{ id: own = '' } = {}] = partsOf(other)
    const changed = await patch(other.body.id, { parts: [{ id: own, serial: 'S1' }] })
    expect([changed.status, ...errorsOf(changed)]).toEqual([409, '/parts/0/serial record.duplicate'])
  })

  it('a rule with their parent compares siblings only, as they will stand', async () => {
    const item = await create({
      parts: [
        { label: 'a', place: 'P' },
        { label: 'b', place: 'Q' },
      ],
    })
    expect((await create({ parts: [{ label: 'a', place: 'P' }] })).status).toBe(201)
    const [one = {}, two = {}] = partsOf(item).map(({ id = '' }) => ({ id }))
    const swapped = [
      { ...one, place: 'Q' },
      { ...two, place: 'P' },
    ]
    expect((await patch(item.body.id, { parts: swapped })).status).toBe(200)
    expect((await patch(item.body.id, { parts: [one, { label: 'c', place: 'P' }] })).status).toBe(200)
    const twins = await patch(item.body.id, { parts: [one, { label: 'd', place: 'Q' }] })
    expect([twins.status, ...errorsOf(twins)]).toEqual([409, '/parts/1/place record.duplicate'])
  })

  it('one that duplicates others by a rule that warns is written and told where it stands', async () => {
    const first = await create({ parts: [{ label: 'a', tag: 'T' }] })
    const second = await create({ parts: [{ label: 'b' }, { label: 'c', tag: 't' }] })
    const ids = partsOf(first).map(({ id }) => id)
    expect(second).toMatchObject({
      status: 201,
      body: { _meta: { duplicates: [{ rule: 'tag', path: '/parts/1', ids }] } },
    })
    const changed = await patch(second.body.id, { parts: [{ id: partsOf(second)[0]?.id ?? '', tag: 'T' }] })
    expect(asObject(changed.body._meta).duplicates).toEqual([{ rule: 'tag', path: '/parts/0', ids }])
  })

  it('of many who send the same lines at the same time one succeeds', async () => {
    const send = () =>
      create({
        parts: [
          { label: 'a', serial: 'M1' },
          { label: 'b', serial: 'M2' },
        ],
      })
    const answers = await Promise.all(Array.from({ length: 8 }, send))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(409)])
  })
})

it('who may write records but read none gets an answer to each of their writes', async () => {
  const options = (more: Record<string, string> = {}) => ({ ...as('sender'), headers: { 'if-match': '*', ...more } })
  const keyed = options({ 'idempotency-key': 'sent' })
  const body = { name: 'x', parts: [{ label: 'a' }] }
  const created = await product.request('POST', items, body, keyed)
  expect(created).toMatchObject({ status: 201, body: { name: 'x', version: 1 } })
  expect(created.body).not.toHaveProperty('parts')
  const path = `${items}/${created.body.id}`
  expect(await product.request('POST', items, body, keyed)).toMatchObject({ status: 201, body: created.body })
  expect((await product.request('PATCH', path, { name: 'y' }, options())).body).toMatchObject({ name: 'y', version: 2 })
  expect((await product.request('PATCH', path, { name: 'y' }, options())).body).toMatchObject({ name: 'y', version: 2 })
  expect((await product.request('DELETE', path, undefined, options())).status).toBe(204)
  expect(await product.request('POST', `${path}/restore`, undefined, options())).toMatchObject({ status: 200 })
  expect((await product.request('GET', path, undefined, options())).status).toBe(403)
})

it('warnings about lines are told as far as their writer may see what they are about', async () => {
  const parts = [{ label: 'plain', size: 7 }]
  const told = async (role?: string) => {
    const { body } = await create({ parts }, role)
    const { warnings } = asObject(body._meta)
    return Array.isArray(warnings) ? warnings.map((warning) => asObject(warning).path) : warnings
  }
  expect(await told()).toEqual(['/parts/0/size', '/parts/0/secret', '/parts/0'])
  expect(await told('maker')).toEqual(['/parts/0/size', '/parts/0'])
  expect(await told('sender')).toBeUndefined()
})
