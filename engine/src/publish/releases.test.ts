import { asObject, type Json, type JsonObject } from '@heddle/metadata'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestProduct, type TestProduct } from '../testing/product.ts'
import { diagnose } from './doctor/diagnose.ts'
import { forgetDrafts } from './drafts.ts'

let product: TestProduct
let serial = 0
let name: string

const text = (title: string, more: JsonObject = {}): JsonObject => ({ title, ...more, 'x-field': { type: 'text' } })
const entity = (properties: JsonObject, more: JsonObject = {}): JsonObject => {
  return { title: `条目 ${serial}`, type: 'object', properties, ...more }
}
const view = (...columns: string[]): JsonObject => {
  return { entity: name, title: '列表', type: 'list', columns: Object.fromEntries(columns.map((each) => [each, {}])) }
}

beforeAll(async () => {
  product = await startTestProduct()
})
afterAll(() => product.stop())
beforeEach(async () => {
  await product.request('DELETE', '/api/metadata/draft')
  name = `note_${++serial}`
  await product.publish({ [`entity/${name}`]: entity({ head: text('标题'), tail: text('尾') }) })
})

const draft = (address: string, wish: JsonObject, ifMatch = '*') =>
  product.request('PUT', `/api/metadata/draft/${address}`, wish, { headers: { 'if-match': ifMatch } })
const plan = async (only?: string[]) => {
  return (await product.request('POST', '/api/metadata/plan', only === undefined ? undefined : { only })).body
}
const publish = (planHash: unknown) =>
  product.request('POST', '/api/metadata/publish', { planHash, accept: ['guarded'] })
const drafted = async () => {
  const { items } = (await product.request('GET', '/api/metadata/draft')).body
  return (items as JsonObject[]).map((item) => item.address)
}
const liveBody = async (address = `entity/${name}`) =>
  (await product.request('GET', `/api/metadata/${address}`)).body.body as JsonObject

describe('a partial publish', () => {
  it('leaves drafts behind that nothing asked for refers to, however broken they are', async () => {
    await draft(`view/broken_${serial}`, { body: view('nothing') })
    await draft(`entity/${name}`, { body: entity({ head: text('标题'), tail: text('尾'), urgent: text('急') }) })
    expect((await plan()).findings).toMatchObject([{ severity: 'error' }])
    const only = [`entity/${name}`]
    const partial = await plan(only)
    expect(partial).toMatchObject({ findings: [] })
    expect(partial).not.toHaveProperty('along')
    expect((await publish(partial.planHash)).status).toBe(200)
    expect(await drafted()).toEqual([`view/broken_${serial}`])
  })

  it('takes along what is referred to and not live yet, and says so', async () => {
    const [first, second] = [`list_${serial}`, `list2_${serial}`]
    await draft(`entity/${name}`, { body: entity({ head: text('标题'), tail: text('尾'), fresh: text('新') }) })
    await draft(`view/${first}`, { body: view('fresh') })
    // Only the names agree: a text that happens to hold the same word refers to nothing.
    await draft(`option-set/fresh`, { body: { title: 'fresh', options: { a: { title: name } } } })
    await draft(`view/${second}`, { body: view('head') })
    const menu = { title: '菜单', order: 1, items: { one: { title: '一', entity: name, view: first } } }
    await draft(`menu/menu_${serial}`, { body: menu })
    const only = [`menu/menu_${serial}`]
    const partial = await plan(only)
    expect(partial).toMatchObject({ findings: [], along: [`view/${first}`, `entity/${name}`] })
    expect((await publish(partial.planHash)).status).toBe(200)
    expect(await drafted()).toEqual(['option-set/fresh', `view/${second}`])
  })

  it('leaves a drafted entity behind when what is live is enough', async () => {
    await draft(`entity/${name}`, {
      body: entity({ head: text('标题'), tail: text('尾'), half: { title: 'no type' } }),
    })
    await draft(`view/list_${serial}`, { body: view('head') })
    expect(await plan([`view/list_${serial}`])).toMatchObject({ findings: [] })
    expect(await plan([`view/list_${serial}`])).not.toHaveProperty('along')
  })

  it('takes along what would dangle otherwise, and both halves of a renamed entity', async () => {
    await product.publish({ [`view/list_${serial}`]: view('head', 'tail') })
    await draft(`entity/${name}`, { body: entity({ head: text('标题') }) })
    await draft(`view/list_${serial}`, { body: view('head') })
    expect(await plan([`entity/${name}`])).toMatchObject({ findings: [], along: [`view/list_${serial}`] })

    await product.request('DELETE', '/api/metadata/draft')
    const renamed = { ...entity({ head: text('标题'), tail: text('尾') }), 'x-id': name }
    await draft(`entity/renamed_${serial}`, { body: renamed })
    await draft(`entity/${name}`, { removed: true })
    await draft(`view/list_${serial}`, { body: { ...view('head', 'tail'), entity: `renamed_${serial}` } })
    for (const only of [`entity/renamed_${serial}`, `entity/${name}`, `view/list_${serial}`]) {
      const partial = await plan([only])
      expect(partial.findings, only).toEqual([])
      expect(new Set([only, ...(partial.along as string[])]), only).toEqual(
        new Set([`entity/renamed_${serial}`, `entity/${name}`, `view/list_${serial}`]),
      )
    }
  })
})

describe('two administrators', () => {
  const etagOf = async () => (await product.request('GET', `/api/metadata/entity/${name}`)).headers.get('etag') ?? ''

  it('have their changes of one definition merged per property, in any order', async () => {
    const etag = await etagOf()
    const mine = entity({ head: text('标题'), mine: text('我的'), tail: text('尾') })
    const yours = entity({ head: text('大标题'), tail: text('尾'), yours: text('你的') })
    expect((await draft(`entity/${name}`, { body: mine }, etag)).status).toBe(200)
    const merged = await draft(`entity/${name}`, { body: yours }, etag)
    expect(merged.status).toBe(200)
    expect(Object.keys(Object(merged.body.body).properties)).toEqual(['head', 'mine', 'tail', 'yours'])
    expect(merged.body).toMatchObject({ body: { properties: { head: { title: '大标题' } } } })
  })

  it('are shown base, theirs and yours where both changed one property, and nothing is lost', async () => {
    const etag = await etagOf()
    await draft(`entity/${name}`, { body: entity({ head: text('A'), tail: text('尾') }) }, etag)
    const conflict = await draft(
      `entity/${name}`,
      { body: entity({ head: text('B'), tail: text('尾'), more: text('多') }) },
      etag,
    )
    expect(conflict).toMatchObject({
      status: 412,
      body: { conflicts: [{ path: '/properties/head/title', base: '标题', theirs: 'A', yours: 'B' }] },
    })
    const { body } = await product.request('GET', `/api/metadata/draft/entity/${name}`)
    expect(body).toMatchObject({ body: { properties: { head: { title: 'A' } } } })
  })

  it('conflict when one removes what the other changes, and agree when both do the same', async () => {
    const etag = await etagOf()
    await draft(`entity/${name}`, { body: entity({ head: text('标题') }) }, etag)
    const changed = entity({ head: text('标题'), tail: text('尾巴') })
    expect((await draft(`entity/${name}`, { body: changed }, etag)).status).toBe(412)
    expect((await draft(`entity/${name}`, { body: entity({ head: text('标题') }) }, etag)).status).toBe(200)
  })

  it('must say which version they remove once there is a draft', async () => {
    const first = await draft(`entity/${name}`, { body: entity({ head: text('甲') }) })
    const path = `/api/metadata/draft/entity/${name}`
    expect((await product.request('PUT', path, { removed: true })).status).toBe(428)
    await draft(`entity/${name}`, { body: entity({ head: text('乙') }) })
    expect((await draft(`entity/${name}`, { removed: true }, first.headers.get('etag') ?? '')).status).toBe(412)
    expect((await product.request('GET', path)).body).toMatchObject({ removed: false })
  })

  it('must say which version they edited once there is a draft', async () => {
    const body = entity({ head: text('标题') })
    await draft(`entity/${name}`, { body })
    expect((await product.request('PUT', `/api/metadata/draft/entity/${name}`, { body })).status).toBe(428)
  })

  it('do not undo each other when one edits what the other has published meanwhile', async () => {
    const etag = await etagOf()
    await product.publish({
      [`entity/${name}`]: entity({ head: text('标题'), tail: text('尾'), theirs: text('他的') }),
    })
    const mine = entity({ head: text('标题'), tail: text('尾'), mine: text('我的') })
    const saved = await draft(`entity/${name}`, { body: mine }, etag)
    expect(Object.keys(Object(saved.body.body).properties).sort()).toEqual(['head', 'mine', 'tail', 'theirs'])
  })

  describe('go live with a release that moved on since they began', () => {
    const begin = (head: string) => draft(`entity/${name}`, { body: entity({ head: text(head), tail: text('尾') }) })
    /** Publishes another change of the same definition while the draft waits, as applying a folder does. */
    const moveOn = async (address: string, body: JsonObject | null) => {
      const [row] = await product.database.sql`
        select base::text as base, body::text as body, etag, is_removed from heddle.draft where address = ${address}`
      await product.request('DELETE', `/api/metadata/draft/${address}`)
      await product.publish({ [address]: body })
      await product.database.sql`insert into heddle.draft (address, body, base, etag, is_removed)
        values (${address}, ${row?.body}, ${row?.base}, ${row?.etag}, ${row?.is_removed})`
    }

    it('and take nothing of it back', async () => {
      await begin('我的')
      await moveOn(`entity/${name}`, entity({ head: text('标题'), tail: text('尾'), theirs: text('他的') }))
      const { planHash, findings } = await plan()
      expect(findings).toEqual([])
      expect((await publish(planHash)).status).toBe(200)
      expect(await liveBody()).toMatchObject({ properties: { head: { title: '我的' }, theirs: { title: '他的' } } })
    })

    it('unless both changed one property, which is a finding until one is chosen', async () => {
      await begin('我的')
      await moveOn(`entity/${name}`, entity({ head: text('他的'), tail: text('尾') }))
      const { planHash, findings } = await plan()
      expect(findings).toMatchObject([
        {
          severity: 'error',
          code: 'draft.conflict',
          path: '/properties/head/title',
          message: /"他的".*"我的"/,
          hint: /discard/,
        },
      ])
      expect((await publish(planHash)).status).toBe(422)
      await begin('我的')
      expect((await plan()).findings).toEqual([])
      await product.publish({})
      expect(await liveBody()).toMatchObject({ properties: { head: { title: '我的' } } })
    })

    it('and neither remove what has changed nor bring back what is gone', async () => {
      await draft(`entity/${name}`, { removed: true })
      await moveOn(`entity/${name}`, entity({ head: text('他的'), tail: text('尾') }))
      expect((await plan()).findings).toMatchObject([{ severity: 'error', code: 'draft.conflict', path: '' }])
      await begin('我的')
      await moveOn(`entity/${name}`, null)
      expect((await plan()).findings).toMatchObject([
        { severity: 'error', code: 'draft.conflict', path: '' },
        { severity: 'question', code: 'entity.hidden' },
      ])
    })
  })

  it('save at once: twenty changes at a time all arrive', async () => {
    const etag = await etagOf()
    const saved = await Promise.all(
      Array.from({ length: 20 }, (_, index) => {
        const body = entity({ head: text('标题'), tail: text('尾'), [`f${index}`]: text(`${index}`) })
        return draft(`entity/${name}`, { body }, etag)
      }),
    )
    expect(saved.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200))
    await product.publish({})
    expect(Object.keys(Object((await liveBody()).properties))).toHaveLength(22)
  })

  it('a draft saved while it is being published is kept', async () => {
    const body = entity({ head: text('标题'), tail: text('尾'), one: text('一') })
    await draft(`entity/${name}`, { body })
    const { planHash } = await plan()
    const later = entity({ head: text('标题'), tail: text('尾'), one: text('一'), two: text('二') })
    const [published] = await Promise.all([publish(planHash), draft(`entity/${name}`, { body: later })])
    expect([200, 409]).toContain(published.status)
    expect(await drafted()).toEqual([`entity/${name}`])
    await product.publish({})
    expect(await liveBody()).toMatchObject({ properties: { one: {}, two: {} } })
  })

  it('a draft changed again while it is being published conflicts with itself in nothing', async () => {
    const first = await draft(`entity/${name}`, { body: entity({ head: text('一'), tail: text('尾') }) })
    const [row] = await product.database.sql`
      select address, body::text as body, base::text as base, etag from heddle.draft where address = ${`entity/${name}`}`
    const later = entity({ head: text('二'), tail: text('尾') })
    await draft(`entity/${name}`, { body: later }, (first.headers.get('etag') ?? '').replaceAll('"', ''))
    const read = {
      address: `entity/${name}`,
      body: JSON.parse(row?.body),
      base: JSON.parse(row?.base),
      etag: String(row?.etag),
    }
    await forgetDrafts(product.database.sql, [{ ...read, isRemoved: false, updatedAt: '', updatedBy: null }])
    const [kept] = await product.database
      .sql`select base::text as base from heddle.draft where address = ${read.address}`
    expect(JSON.parse(kept?.base)).toEqual(read.body)
  })
})

describe('a plan', () => {
  it('is refused when the draft or the live release has moved since', async () => {
    await draft(`entity/${name}`, { body: entity({ head: text('一') }) })
    const { planHash } = await plan()
    await draft(`entity/${name}`, { body: entity({ head: text('二') }) })
    expect(await publish(planHash)).toMatchObject({ status: 409, body: { code: 'plan.stale' } })
    const { planHash: second } = await plan([`entity/${name}`])
    await draft(`menu/menu_${serial}`, { body: { title: '菜单', order: 1, items: {} } })
    const { planHash: other } = await plan([`menu/menu_${serial}`])
    expect((await publish(other)).status).toBe(200)
    expect(await publish(second)).toMatchObject({ status: 409, body: { code: 'plan.stale' } })
  })

  it('is published by one of two at once; the other is told', async () => {
    for (let round = 0; round < 5; round++) {
      await draft(`entity/${name}`, { body: entity({ head: text(`标题 ${round}`) }) })
      const { planHash } = await plan()
      const answers = await Promise.all([publish(planHash), publish(planHash), publish(planHash)])
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    }
  })

  it('asks for the name of each thing that it loses', async () => {
    const links = (to: string): JsonObject => ({ title: to, 'x-field': { type: 'many-to-many', entity: to } })
    const [old, other] = [`old_${serial}`, `other_${serial}`]
    const simple = entity({ head: text('标题') })
    const both = (to: string) => entity({ head: text('标题'), one: links(to), two: links(to) })
    await product.publish({ [`entity/${old}`]: simple, [`entity/${other}`]: simple, [`entity/${name}`]: both(old) })
    const lose = async (body: JsonObject, ...confirm: Json[]) => {
      await draft(`entity/${name}`, { body })
      const { planHash } = await plan()
      const wish = { planHash, accept: ['destructive'], ...(confirm.length === 0 ? {} : { confirm: confirm[0] }) }
      return product.request('POST', '/api/metadata/publish', wish)
    }
    const [one, two] = [`${name}.one`, `${name}.two`]
    const refused = (expected: Json) => ({ status: 409, body: { code: 'confirmation.missing', expected } })
    expect(await lose(both(other))).toMatchObject(refused([one, two]))
    expect(await lose(both(other), one)).toMatchObject(refused(two))
    expect(await lose(both(other), [one, 'three'])).toMatchObject(refused(two))
    expect((await lose(both(other), [one, two])).status).toBe(200)
    const single = entity({ head: text('标题'), one: links(old), two: links(other) })
    expect(await lose(single, 'one')).toMatchObject(refused(one))
    expect((await lose(single, one)).status).toBe(200)
  })

  it('asks for guarded steps to be accepted', async () => {
    await draft(`entity/${name}`, { body: entity({ head: text('标题') }, { required: ['head'] }) })
    const { planHash } = await plan()
    expect(await product.request('POST', '/api/metadata/publish', { planHash })).toMatchObject({
      status: 409,
      body: { code: 'plan.notAccepted', accept: 'guarded' },
    })
  })
})

describe('a request for the metadata is refused with what and where:', () => {
  it.each<[string, string, unknown, number, string, string?]>([
    ['PUT', '/draft/entity/x', {}, 422, 'body.invalid', '/body'],
    ['PUT', '/draft/entity/x', [], 422, 'body.invalid', ''],
    ['PUT', '/draft/entity/x', { body: 'text' }, 422, 'body.invalid', '/body'],
    ['PUT', '/draft/entity/x', { body: {}, remvoed: true }, 422, 'body.invalid', '/remvoed'],
    ['PUT', '/draft/entitty/x', { body: {} }, 404, 'definition.unknown'],
    ['POST', '/plan', { only: 'entity/x' }, 422, 'body.invalid', '/only'],
    ['POST', '/plan', { only: ['entity/nothing'] }, 422, 'body.invalid', '/only/0'],
    ['POST', '/publish', {}, 422, 'body.invalid', '/planHash'],
    ['POST', '/publish', { planHash: 'x', accept: ['garded'] }, 422, 'body.invalid', '/accept/0'],
    ['POST', '/publish', { planHash: 'x.%%%' }, 409, 'plan.stale'],
    ['POST', '/purge', { confirm: 'x' }, 422, 'body.invalid', '/address'],
    ['GET', '?kinds=entity,vieww', undefined, 400, 'parameter.invalid', '/kinds'],
    ['GET', '/entity/x/schema?for=reed', undefined, 404, 'entity.unknown'],
    ['GET', '/releases/1/diff/99999999999999', undefined, 404, 'release.unknown'],
    ['GET', '/releases/one/diff/1', undefined, 404, 'release.unknown'],
  ])('%s %s %j', async (method, path, body, status, code, at) => {
    const answer = await product.request(method, `/api/metadata${path}`, body)
    expect(answer).toMatchObject({ status, body: { status, code } })
    if (at !== undefined) expect(answer.body.errors).toMatchObject([{ path: at }])
    expect(await drafted()).toEqual([])
  })
})

describe('an earlier release', () => {
  it('is listed, compared, and comes back with the data it had', async () => {
    const { body: record } = await product.request('POST', `/api/records/${name}`, { head: 'H', tail: 'T' })
    const first = product.live.release.number
    await product.publish({
      [`entity/${name}`]: entity({ tail: text('尾') }),
      [`menu/m_${serial}`]: { title: '新', order: 1, items: {} },
    })
    const second = product.live.release.number
    const history = await product.request('GET', '/api/metadata/releases')
    expect(history.body.live).toBe(second)
    expect((history.body.items as JsonObject[]).slice(0, 2)).toMatchObject([
      {
        number: second,
        by: expect.any(String),
        changes: [{ address: `entity/${name}`, path: '/properties/head' }, {}],
      },
      { number: first },
    ])
    expect((await product.request('GET', `/api/metadata/releases/${first}/diff/${second}`)).body.items).toMatchObject([
      { address: `entity/${name}`, from: { properties: { head: {} } } },
      { address: `menu/m_${serial}`, from: null },
    ])
    const restored = await product.request('POST', `/api/metadata/releases/${first}/restore`)
    expect(restored.body).toMatchObject({ release: first, drafts: [`entity/${name}`, `menu/m_${serial}`], plugins: [] })
    await product.publish({})
    expect((await product.request('GET', `/api/records/${name}/${record.id}`)).body).toMatchObject({
      head: 'H',
      tail: 'T',
    })
    expect((await product.request('GET', `/api/metadata/menu/m_${serial}`)).status).toBe(404)
    expect((await product.request('POST', '/api/metadata/releases/99999/restore')).status).toBe(404)
  })

  it('comes back whole or not at all, and overwrites no draft', async () => {
    const first = product.live.release.number
    const menu = { title: '新', order: 1, items: {} }
    await product.publish({ [`entity/${name}`]: entity({ tail: text('尾') }), [`menu/m_${serial}`]: menu })
    await draft(`menu/m_${serial}`, { body: { ...menu, title: '他的' } })
    const refused = await product.request('POST', `/api/metadata/releases/${first}/restore`)
    expect(refused).toMatchObject({ status: 409, body: { code: 'draft.inTheWay', addresses: [`menu/m_${serial}`] } })
    expect(await drafted()).toEqual([`menu/m_${serial}`])
    expect((await product.request('GET', `/api/metadata/draft/menu/m_${serial}`)).body).toMatchObject({
      body: { title: '他的' },
    })
  })
})

describe('a purge', () => {
  const purge = (address: string, confirm?: string) =>
    product.request('POST', '/api/metadata/purge', { address, ...(confirm === undefined ? {} : { confirm }) })

  it('loses a hidden field for good, when its name is typed', async () => {
    expect(await purge(`entity/${name}/properties/head`, 'head')).toMatchObject({ status: 404 })
    await product.publish({ [`entity/${name}`]: entity({ tail: text('尾') }) })
    const address = `entity/${name}/properties/head`
    expect(await purge(address)).toMatchObject({
      status: 409,
      body: { code: 'confirmation.missing', expected: 'head' },
    })
    expect((await purge(address, 'head')).status).toBe(200)
    const columns = await product.database.sql`select 1 from information_schema.columns
      where table_schema = 'app' and table_name = ${name} and column_name = 'head'`
    expect(columns).toHaveLength(0)
    await draft(`entity/${name}`, { body: entity({ head: text('标题'), tail: text('尾') }) })
    expect((await plan()).findings).toEqual([])
    await product.publish({})
    expect((await product.request('POST', `/api/records/${name}`, { head: 'again' })).body).toMatchObject({
      head: 'again',
    })
  })

  it('loses the files of a hidden field', async () => {
    const form = new FormData()
    form.append('file', new File(['paper'], 'paper'))
    const sent = asObject(await (await product.send('/api/files', { method: 'POST', body: form })).json())
    const file = { title: '文件', 'x-field': { type: 'file' } }
    const linked = () => product.database.sql`
      select field from heddle.file f left join heddle.file_link on file = id
      where id = ${String(sent.id)} and unlinked_at is null`
    await product.publish({ [`entity/${name}`]: entity({ tail: text('尾'), paper: file, sheet: file }) })
    await product.request('POST', `/api/records/${name}`, { paper: sent.id, sheet: sent.id })
    await product.publish({ [`entity/${name}`]: entity({ tail: text('尾') }) })
    expect((await purge(`entity/${name}/properties/paper`, 'paper')).status).toBe(200)
    expect(await linked()).toEqual([{ field: 'sheet' }])
    expect((await purge(`entity/${name}/properties/sheet`, 'sheet')).status).toBe(200)
    expect(await linked()).toEqual([])
  })

  it('loses the history of a field and its numbers', async () => {
    const number = { title: '号', 'x-field': { type: 'autonumber', format: 'N-{000}' } }
    const whole = entity({ head: text('标题'), tail: text('尾'), code: number })
    await product.publish({ [`entity/${name}`]: whole })
    const { body: record } = await product.request('POST', `/api/records/${name}`, { head: 'H', tail: 'T' })
    expect(record).toMatchObject({ code: 'N-001' })
    await product.publish({ [`entity/${name}`]: entity({ tail: text('尾') }) })
    expect((await purge(`entity/${name}/properties/head`, 'head')).status).toBe(200)
    expect((await purge(`entity/${name}/properties/code`, 'code')).status).toBe(200)
    await product.publish({ [`entity/${name}`]: entity({ head: text('标题'), tail: text('尾') }) })
    const { body } = await product.request('GET', `/api/records/${name}/${record.id}/history`)
    expect(body.items).toEqual([expect.objectContaining({ kind: 'created', changes: { tail: [null, 'T'] } })])
    const left = await product.database.sql`
      select 1 from heddle.event where entity = ${name} and (delta -> 'head' is not null or delta -> 'code' is not null)
      union all select 1 from heddle.counter where entity = ${name}`
    expect(left).toHaveLength(0)
  })

  it('loses a hidden entity with its records and their history', async () => {
    await product.request('POST', `/api/records/${name}`, { head: 'H' })
    await product.publish({ [`entity/${name}`]: null })
    expect((await product.request('GET', '/api/metadata/hidden')).body.items).toContainEqual({
      address: `entity/${name}`,
      confirm: name,
    })
    expect((await purge(`entity/${name}`, name)).status).toBe(200)
    const [left] = await product.database.sql`
      select to_regclass(${`app.${name}`}) as "table",
        (select count(*)::int from heddle.event where entity = ${name}) as events`
    expect(left).toEqual({ table: null, events: 0 })
  })

  it('loses links with their field, and with the records at either end', async () => {
    const end = `${name}_end`
    const links = { title: '相关', 'x-field': { type: 'many-to-many', entity: end } }
    const linkTables = async () => {
      const rows = await product.database.sql`
        select 1 from pg_class where relkind = 'r' and starts_with(relname, ${`link_${name}_`})`
      return rows.length
    }
    await product.publish({ [`entity/${end}`]: entity({ head: text('标题') }) })
    await product.publish({ [`entity/${name}`]: entity({ tail: text('尾'), ends: links, others: links }) })
    const { body } = await product.request('POST', `/api/records/${end}`, { head: 'E' })
    await product.request('POST', `/api/records/${name}`, { ends: [body.id ?? ''], others: [body.id ?? ''] })
    expect(await linkTables()).toBe(2)
    await product.publish({ [`entity/${name}`]: entity({ tail: text('尾') }), [`entity/${end}`]: null })
    expect((await diagnose(product.database.sql)).ailments).toEqual([])
    expect((await purge(`entity/${name}/properties/ends`, 'ends')).status).toBe(200)
    expect(await linkTables()).toBe(1)
    expect((await purge(`entity/${end}`, end)).status).toBe(200)
    expect(await linkTables()).toBe(0)
  })

  it('loses what a change of type has left aside', async () => {
    await product.request('POST', `/api/records/${name}`, { head: '12' })
    const changed = entity({ head: { title: '标题', 'x-field': { type: 'integer' } }, tail: text('尾') })
    await product.publish({ [`entity/${name}`]: changed })
    expect((await purge(`entity/${name}/columns/head`, 'head')).status).toBe(200)
    expect((await product.request('GET', `/api/records/${name}`)).body.items).toMatchObject([{ head: 12 }])
    await product.publish({ [`entity/${name}`]: entity({ head: text('标题'), tail: text('尾') }) })
    expect((await product.request('GET', `/api/records/${name}`)).body.items).toMatchObject([{ head: '12' }])
  })
})
