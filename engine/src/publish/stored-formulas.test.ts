import { asObject, type JsonObject } from '@heddle/metadata'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { recomputeKept } from '../records/kept/fixtures/recompute-kept.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'
import { diagnose } from './doctor/diagnose.ts'

const field = (type: string, settings: JsonObject = {}): JsonObject => ({
  title: type,
  'x-field': { type, ...settings },
})
const formula = (expression: string, settings: JsonObject = {}) =>
  field('formula', { returns: 'number', scale: 2, expression, ...settings })
const stored = (expression: string, settings: JsonObject = {}) => formula(expression, { stored: true, ...settings })

let product: TestProduct
let serial = 0
let note: string
let maker: string
let record: unknown

beforeAll(async () => {
  product = await startTestProduct()
})
afterAll(() => product.stop())

/** Notes of makers; the given fields are the notes', or the makers'. */
function definitions(
  own: JsonObject = {},
  makers: JsonObject = {},
  annotations: JsonObject = {},
): { readonly [address: string]: JsonObject } {
  const made = {
    name: field('text'),
    rank: field('select', ranks(['low', 'high'])),
    factor: field('number'),
    ...makers,
  }
  const noted = {
    maker: field('lookup', { entity: maker }),
    pages: field('integer'),
    seen_at: field('datetime'),
    ...own,
  }
  return {
    [`entity/${maker}`]: { title: '作者', type: 'object', properties: made },
    [`entity/${note}`]: { title: '条目', type: 'object', properties: noted, 'x-entity': annotations },
  }
}

function ranks(keys: readonly string[]): JsonObject {
  return { ordered: true, options: Object.fromEntries(keys.map((key) => [key, { title: key }])) }
}

beforeEach(async () => {
  await product.request('DELETE', '/api/metadata/draft')
  note = `note_${++serial}`
  maker = `maker_${serial}`
  await product.publish(definitions())
  const made = await product.request('POST', `/api/records/${maker}`, { name: 'm', rank: 'low', factor: 2 })
  const values = { maker: made.body.id, pages: 3, seen_at: '2024-01-31T17:00:00Z' }
  record = (await product.request('POST', `/api/records/${note}`, values)).body.id
})

/** Publishes and gives the texts of what the plan does to values. */
async function publish(changes: { readonly [address: string]: JsonObject | null }): Promise<string[]> {
  for (const [address, body] of Object.entries(changes)) {
    const wish = body === null ? { removed: true } : { body }
    const saved = await product.request('PUT', `/api/metadata/draft/${address}`, wish, { headers: { 'if-match': '*' } })
    expect(saved.status, JSON.stringify(saved.body)).toBe(200)
  }
  const { steps } = (await product.request('POST', '/api/metadata/plan')).body
  await product.publish({})
  expect((await diagnose(product.database.sql)).ailments).toEqual([])
  return (Array.isArray(steps) ? steps : []).map((step) => String(asObject(step).text))
}

const read = async () => (await product.request('GET', `/api/records/${note}/${record}`)).body
const change = (entity: string, id: unknown, body: JsonObject) =>
  product.request('PATCH', `/api/records/${entity}/${id}`, body, { headers: { 'if-match': '*' } })

async function columns(prefix = 'value'): Promise<unknown[]> {
  const rows = await product.database.sql`select column_name as name, data_type as type from information_schema.columns
    where table_schema = 'app' and table_name = ${note} and starts_with(column_name, ${prefix}) order by 1`
  return rows.map(({ name, type }) => `${name} ${type}`)
}

/** What the column of the record holds, whatever reads take. */
async function held(column = 'value'): Promise<unknown> {
  const { sql } = product.database
  const [row] = await sql`select ${sql(column)}::text as value from app.${sql(note)} where id = ${String(record)}`
  return row?.value
}

describe('publishing a stored formula', () => {
  it('works it out in the records there are, with an index on it', async () => {
    const indexed = { indexes: { by_value: ['value'] } }
    const steps = await publish(definitions({ value: stored('pages * maker.factor') }, {}, indexed))
    expect(steps).toContain('Keep the values of “formula” in a column.')
    expect(await held()).toBe('6.00')
    expect(await read()).toMatchObject({ value: 6, version: 1 })
  })

  it('drops its column when it is stored no longer, and works it out anew when it is again', async () => {
    await publish(definitions({ value: stored('pages * 2') }))
    expect(await columns()).toEqual(['value numeric'])
    await publish(definitions({ value: formula('pages * 2') }))
    expect(await columns()).toEqual([])
    expect(await read()).toMatchObject({ value: 6 })
    await change(note, record, { pages: 10 })
    await publish(definitions({ value: stored('pages * 2') }))
    expect(await columns()).toEqual(['value numeric'])
    expect(await held()).toBe('20.00')
  })

  it('gives it another column when it returns something else', async () => {
    await publish(definitions({ value: stored('pages * 2') }))
    await publish(definitions({ value: stored('"p" + string(pages)', { returns: 'text' }) }))
    expect(await columns()).toEqual(['value__2 text'])
    expect(await read()).toMatchObject({ value: 'p3' })
    expect((await change(note, record, { pages: 4 })).body).toMatchObject({ value: 'p4' })
    await publish(definitions({ value: stored('pages > 3', { returns: 'boolean' }) }))
    expect(await columns()).toEqual(['value boolean'])
    expect(await read()).toMatchObject({ value: true })
  })

  it('works it out anew when it, or a formula it reads, says something else, and else not', async () => {
    const all = (factor: string, value = 'share + 1') =>
      definitions(
        { share: stored('maker.doubled / 10'), value: stored(value), shown: formula('value * 2') },
        { doubled: formula(factor) },
      )
    await publish(all('factor * 2'))
    expect(await read()).toMatchObject({ share: 0.4, value: 1.4, shown: 2.8 })
    const worked = (steps: readonly string[]) => steps.filter((text) => text.startsWith('Work out')).length
    expect(worked(await publish(all('factor * 2', 'share + 2')))).toBe(1)
    expect(await read()).toMatchObject({ share: 0.4, value: 2.4 })
    expect(worked(await publish(all('5', 'share + 2')))).toBe(2)
    expect(await read()).toMatchObject({ share: 0.5, value: 2.5, shown: 5 })
    expect(worked(await publish(all('6', 'share + 2')))).toBe(2)
    expect(await read()).toMatchObject({ share: 0.6, value: 2.6 })
    const renamed = all('6', 'share + 2')
    expect(worked(await publish({ [`entity/${note}`]: { ...renamed[`entity/${note}`], title: '别的' } }))).toBe(0)
  })

  it('works it out anew when options change their order or the company its time zone', async () => {
    const higher = 'if maker.rank < "high" then 1 else 0'
    await publish(definitions({ value: stored(higher), seen_on: stored('string(date(seen_at))', { returns: 'text' }) }))
    expect(await read()).toMatchObject({ value: 1, seen_on: '2024-02-01' })
    const turned = definitions({}, { rank: field('select', ranks(['high', 'low'])) })[`entity/${maker}`]
    await publish({ [`entity/${maker}`]: turned ?? {} })
    expect(await held()).toBe('0.00')
    const site = { company: { name: '馆' }, timezone: 'Europe/London', locales: ['zh-CN'] }
    await publish({ 'settings/site': site })
    expect(await held('seen_on')).toBe('2024-01-31')
    await publish({ 'settings/site': { ...site, timezone: 'Asia/Shanghai' } })
    expect(await held('seen_on')).toBe('2024-02-01')
  })

  it('works roll-ups out after the stored formulas they gather', async () => {
    const gathered = field('rollup', { from: note, by: 'maker', sum: 'value', returns: 'number' })
    await publish(definitions({ value: stored('pages * maker.factor') }, { gathered }))
    const makers = await product.request('GET', `/api/records/${maker}`)
    expect(makers.body.items).toMatchObject([{ gathered: 6 }])
    await publish(definitions({ value: stored('pages * maker.factor * 10') }, { gathered }))
    expect((await product.request('GET', `/api/records/${maker}`)).body.items).toMatchObject([{ gathered: 60 }])
  })

  it('follows the type of a field that it reads', async () => {
    await publish(definitions({ code: field('integer'), value: stored('code + 1') }))
    await change(note, record, { code: 7 })
    await publish(definitions({ code: field('number'), value: stored('code + 1') }))
    expect(await columns('code')).toEqual(['code bigint', 'code__2 numeric'])
    expect(await held()).toBe('8.00')
    expect((await change(note, record, { code: 9.5 })).body).toMatchObject({ value: 10.5 })
  })

  it('makes a written field a stored formula and back, with what people wrote kept aside', async () => {
    await publish(definitions({ value: field('number') }))
    await change(note, record, { value: 42 })
    await publish(definitions({ value: stored('pages * 2') }))
    expect(await read()).toMatchObject({ value: 6 })
    expect(await columns()).toEqual(['value numeric', 'value__2 numeric'])
    await publish(definitions({ value: field('number') }))
    expect((await change(note, record, { value: 7 })).body).toMatchObject({ value: 7 })
    expect(await held()).toBe('42')
  })
})

it('a stored formula that changes while people write is right in every record', async () => {
  const formulaOf = (times: number) => definitions({ value: stored(`pages * maker.factor * ${times}`) })
  await product.publish(formulaOf(1))
  const { body } = await product.request('GET', `/api/records/${maker}`)
  const makers = (Array.isArray(body.items) ? body.items : []).map((item) => asObject(item).id)
  let isOver = false
  const write = async (entity: string, ids: readonly unknown[], name: string) => {
    for (let turn = 1; !isOver; turn++) {
      for (const id of ids) {
        const { status } = await change(entity, id, { [name]: turn % 9 })
        expect([200, 503]).toContain(status)
      }
    }
  }
  const writing = Promise.all([write(maker, makers, 'factor'), write(note, [record], 'pages')])
  for (let times = 2; times < 8; times++) await product.publish(formulaOf(times))
  isOver = true
  await writing
  const { release } = product.live
  const entity = release.entity(note)
  expect(entity && (await recomputeKept(product.database.sql, release, entity))).toEqual([])
})

it('a label that becomes a stored formula names nobody while the publish is planned', async () => {
  const labelled = { label: 'value' }
  await publish(definitions({ value: formula('pages * 2') }, {}, labelled))
  await change(note, record, { seen_at: null })
  const body = { ...definitions({ value: stored('pages * 2') }, {}, labelled)[`entity/${note}`], required: ['seen_at'] }
  await product.request('PUT', `/api/metadata/draft/entity/${note}`, { body }, { headers: { 'if-match': '*' } })
  const { findings, steps } = (await product.request('POST', '/api/metadata/plan')).body
  expect(findings).toMatchObject([{ code: 'publish.required.empty' }])
  expect(steps).toContainEqual(expect.objectContaining({ failing: [{ id: record, label: null, value: null }] }))
})

describe('a hidden stored formula', () => {
  const purge = (address: string, confirm: string) =>
    product.request('POST', '/api/metadata/purge', { address, confirm })
  const shownAgain = { value: { 'x-id': 'value', ...stored('pages * 2') } }

  it('is right when it is shown again', async () => {
    await publish(definitions({ value: stored('pages * 2') }))
    await publish(definitions())
    expect((await change(note, record, { pages: 8 })).body).not.toHaveProperty('value')
    await publish(definitions(shownAgain))
    expect(await held()).toBe('16.00')
  })

  it('is right when its entity is shown again', async () => {
    await publish(definitions({ value: stored('pages * maker.factor') }))
    await publish({ [`entity/${note}`]: null })
    const { items } = (await product.request('GET', `/api/records/${maker}`)).body
    await change(maker, asObject(Array.isArray(items) ? items[0] : null).id, { factor: 7 })
    const back = definitions({ value: stored('pages * maker.factor') })[`entity/${note}`]
    await publish({ [`entity/${note}`]: { 'x-id': note, ...back } })
    expect(await held()).toBe('21.00')
  })

  it('can be purged', async () => {
    await publish(definitions({ value: stored('pages * 2') }))
    await publish(definitions())
    expect(await purge(`entity/${note}/properties/value`, 'value')).toMatchObject({ status: 200 })
    expect(await columns()).toEqual([])
    await publish(definitions({ value: stored('pages * 3') }))
    expect(await held()).toBe('9.00')
  })
})

describe('the doctor', () => {
  it('misses the column of a stored formula, and brings its values back', async () => {
    await publish(definitions({ value: stored('pages * maker.factor') }))
    const { sql } = product.database
    await sql`alter table app.${sql(note)} drop column value`
    const { ailments } = await diagnose(sql)
    expect(ailments).toMatchObject([{ code: 'column.missing', object: `app."${note}"."value"` }])
    for (const statement of ailments[0]?.repair ?? []) await sql.unsafe(statement)
    expect(await held()).toBe('6.00')
    expect((await diagnose(sql)).ailments).toEqual([])
  })
})

it('a formula that no record decides alone is refused with its place and a way out', async () => {
  const body = definitions(
    { value: stored('pages + maker.age') },
    { age: formula('if now() > created_at then 1 else 0') },
  )
  for (const [address, each] of Object.entries(body)) {
    await product.request('PUT', `/api/metadata/draft/${address}`, { body: each }, { headers: { 'if-match': '*' } })
  }
  const { findings } = (await product.request('POST', '/api/metadata/plan')).body
  expect(findings).toMatchObject([
    {
      severity: 'error',
      address: `entity/${note}`,
      path: '/properties/value/x-field/expression',
      code: 'formula.stored.time',
      message: expect.stringContaining(`“${maker}.age”`),
    },
  ])
})
