import { asObject, type Json, type JsonObject } from '@heddle/metadata'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '../access/actor.ts'
import { findEntity } from '../access/entity-lookup.ts'
import { grantFor } from '../access/grant.ts'
import { catalogue } from '../testing/catalogue.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'
import { planWhere } from './where.ts'

let product: TestProduct
const path = '/api/records/project'
const read = { verbs: { read: 'all' } }

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish({
    ...catalogue,
    'settings/site': { company: { name: 'Test' }, timezone: 'Pacific/Kiritimati' },
    'role/clerk': {
      title: '职员',
      entities: {
        project: { ...read, fields: { amount: 'none' } },
        area: { ...read, fields: { name: 'none' } },
      },
    },
  })
  const region = await product.request('POST', '/api/records/region', { name: '华东', factor: 2 })
  const area = await product.request('POST', '/api/records/area', { name: '滨州', region: region.body.id ?? '' })
  const rows = [
    { name: 'one', stage: 'done', amount: 10.55, area: area.body.id, labels: ['x'], notes: [{ text: 'a', pages: 3 }] },
    { name: 'two', stage: 'idea', amount: 3, size: { width: 2.5 } },
    { name: 'it\'s "棉"', stage: 'build' },
  ]
  for (const row of rows) await product.request('POST', path, row)
})
afterAll(() => product.stop())

const names = (items: Json | undefined) => (Array.isArray(items) ? items.map((item) => asObject(item).name) : [])
const ask = (where: string, options = {}) =>
  product.request('GET', `${path}?sort=name&where=${encodeURIComponent(where)}`, undefined, options)
const query = (body: unknown) => product.request('POST', `${path}/query`, body)

describe('a list is filtered by FEEL', () => {
  it.each<[string, string[]]>([
    ['amount > 3', ['one']],
    ['stage < "done" and amount != null', ['two']],
    ['(stage in ["idea", "build"]) or contains(name, "棉")', ['it\'s "棉"', 'two']],
    ['name = "it\'s \\"棉\\""', ['it\'s "棉"']],
    ['area.region.name = "华东"', ['one']],
    ['area.full_name = "滨州/华东"', ['one']],
    ['sum(notes.pages) = 3', ['one']],
    ['some note in notes satisfies note.pages > 2', ['one']],
    ['list contains(labels, "x")', ['one']],
    ['size.width = 2.5', ['two']],
    ['weighed = 21.1', ['one']],
    ['owner_id = user.id', []],
    ['user.roles = null', []],
    ['place = null and created_at <= now()', ['it\'s "棉"', 'one', 'two']],
    ['today() > date("2000-01-01")', ['it\'s "棉"', 'one', 'two']],
  ])('%s', async (where, expected) => {
    const answer = await ask(where)
    expect(names(answer.body.items)).toEqual(expected)
    expect((await query({ where, sort: ['name'] })).body).toEqual(answer.body)
  })

  it('whose days are those of the company', async () => {
    const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Pacific/Kiritimati' }).format(new Date())
    expect(names((await ask(`name = "one" and today() = date("${day}")`)).body.items)).toEqual(['one'])
  })

  it('by today and by a day that is written, each with its own value', async () => {
    expect(names((await ask('date(created_at) >= today()')).body.items)).toHaveLength(3)
    expect(names((await ask('date(created_at) >= date("2999-01-01")')).body.items)).toEqual([])
    expect(names((await ask('created_by != user.id')).body.items)).toEqual([])
    const nobody = '0190f300-0000-7000-8000-000000000000'
    expect(names((await ask(`created_by != "${nobody}"`)).body.items)).toHaveLength(3)
  })

  it('whose moments are of the company unless they say otherwise, in a condition and as a value', async () => {
    const [one] = (await ask('name = "one"')).body.items as { created_at: string }[]
    await product.database.sql`update app.project set created_at = '2026-01-01T08:00:00+14' where name = 'one'`
    for (const moment of [
      '2026-01-01T08:00',
      '2026-01-01T08:00:00',
      '2025-12-31T18:00:00Z',
      '2026-01-01T08:00:00+14:00',
    ]) {
      const byValue = await product.request('GET', `${path}?created_at=${encodeURIComponent(moment)}`)
      expect(names(byValue.body.items)).toEqual(['one'])
      expect(names((await ask(`created_at = date and time("${moment}")`)).body.items)).toEqual(['one'])
    }
    await product.database.sql`update app.project set created_at = ${one?.created_at ?? ''} where name = 'one'`
  })

  it('in the order of options that have one, page by page, empty ones last', async () => {
    const four = await product.request('POST', path, { name: 'four' })
    for (const [sort, expected] of [
      ['stage', ['two', 'it\'s "棉"', 'one', 'four']],
      ['-stage', ['one', 'it\'s "棉"', 'two', 'four']],
    ] as const) {
      const seen: unknown[] = []
      let after: Json = null
      do {
        const page: { body: JsonObject } = await query({ sort, limit: 1, after })
        seen.push(...names(page.body.items))
        after = page.body.next ?? null
      } while (after !== null)
      expect(seen).toEqual(expected)
    }
    const any = { headers: { 'if-match': '*' } }
    await product.request('DELETE', `${path}/${four.body.id}?purge=true`, undefined, any)
  })

  it('together with values, search, order, pages and a total', async () => {
    const body = { where: 'amount > 1', sort: '-amount', limit: 1, total: 'capped', after: null }
    const page = (await query(body)).body
    expect(page).toMatchObject({ items: [{ name: 'one' }], total: 2 })
    expect((await query({ ...body, after: page.next })).body).toMatchObject({ items: [{ name: 'two' }], next: null })
    const both = `${path}?stage=idea&search=two&where=${encodeURIComponent('amount > 1')}`
    expect(names((await product.request('GET', both)).body.items)).toEqual(['two'])
  })

  it('in one statement for all values of the same question', () => {
    const { release } = product.live
    const entity = findEntity({ release, actor: systemActor }, 'project')
    const plan = (where: string) => {
      const { shape, values } = planWhere(
        { release, actor: systemActor },
        entity,
        grantFor(release, systemActor, entity),
        where,
      )
      return { shape, values: Object.values(values) }
    }
    expect(plan('amount > 1.5 and name = "a"').shape).toBe(plan('amount > 22.5 and name = "b"').shape)
    expect(plan('amount > 22.5 and name = "b"').values).toEqual(['22.5', 'b'])
  })

  it('or by a tree that says the same', async () => {
    const where = { all: [{ field: 'amount', op: '>', value: 1 }, { any: [{ field: 'area.name', op: 'empty' }] }] }
    expect(names((await query({ where })).body.items)).toEqual(['two'])
    expect(names((await query({ where: null })).body.items)).toHaveLength(3)
  })
})

describe('a condition is refused', () => {
  const deep = `${'('.repeat(50)}1${')'.repeat(50)} = 1`
  it.each<[string, number, string, string]>([
    ['', 400, 'expression.empty', ''],
    ['amount >', 400, 'expression.syntax', ''],
    [`name = "${'x'.repeat(2000)}"`, 400, 'expression.too-long', ''],
    [deep, 400, 'expression.too-deep', ''],
    ['name = "open', 400, 'expression.unclosed-text', ''],
    ['amuont > 3', 422, 'name.unknown', 'amount'],
    ['area.nam = "x"', 422, 'name.unknown', 'name'],
    ['old.name = "x"', 422, 'name.unknown', ''],
    ['stage = "dome"', 422, 'option.unknown', 'done'],
    ['amount = "x"', 422, 'type.mismatch', ''],
    ['amount', 422, 'type.expected', ''],
    ['matches(name, "(a+)+$")', 422, 'literal.invalid', ''],
    ['for x in 1..100000000 return x', 422, 'expression.not-offered', ''],
  ])('%s', async (where, status, code, near) => {
    const { body } = await ask(where)
    const [error] = [body.errors].flat().map(asObject)
    expect({ status: body.status, code: error?.code, path: error?.path }).toEqual({ status, code, path: '/where' })
    if (near !== '') expect(error).toMatchObject({ near, from: expect.any(Number), to: expect.any(Number) })
  })

  it.each([
    ['amount > 3', '“amount”'],
    ['doubled > amount', '“amount”'],
    ['area.name = "滨州"', '“name”'],
    ['area.region.name = "华东"', '“name”'],
    ['count(notes) > 0', '“notes”'],
  ])('as unknown where it could find out what is denied: %s', async (where, name) => {
    const key = await product.key('clerk')
    const answer = await ask(where, { key })
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ code: 'name.unknown' }] } })
    expect(answer.body.detail).toContain(`There is no field ${name}`)
  })

  it.each<[unknown, number, string]>([
    [[], 400, ''],
    [{ wher: 'amount > 1' }, 400, '/wher'],
    [{ where: 5 }, 400, '/where'],
    [{ sort: { amount: 'asc' } }, 400, '/sort'],
    [{ limit: 0 }, 400, '/limit'],
    [{ where: { all: [] } }, 400, '/where/all'],
    [{ where: { all: [{ field: 'amuont', op: '=', value: 1 }] } }, 422, '/where/all/0/field'],
    [{ where: { field: 'amount', op: '~', value: 1 } }, 422, '/where/op'],
  ])('in the body %j', async (body, status, at) => {
    expect(await query(body)).toMatchObject({ status, body: { errors: [{ path: at }] } })
  })

  it('when the database cannot work with its values', async () => {
    const answer = await ask(`created_at${' - duration("P999Y")'.repeat(8)} < now()`)
    expect(answer).toMatchObject({ status: 422, body: { code: 'query.impossible' } })
  })
})
