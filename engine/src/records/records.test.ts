import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { library } from '../testing/definitions.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'
import { sweepKeys } from './idempotency-keys.ts'

let product: TestProduct

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish(library)
})
afterAll(() => product.stop())

const create = (body: unknown, headers: Record<string, string> = {}) =>
  product.request('POST', '/api/records/article', body, { headers })

describe('a published entity', () => {
  it('is created with lines, read, listed, changed, deleted and restored', async () => {
    const author = await product.request('POST', '/api/records/author', { name: '老舍' })
    expect(author.status).toBe(201)
    const created = await create({
      title: '茶馆',
      kind: 'essay',
      length: 12.25,
      written_on: '1957-07-24',
      author: author.body.id,
      sections: [{ heading: '第一幕', pages: 30 }, { heading: '第二幕' }],
    })
    expect(created.status).toBe(201)
    expect(created.headers.get('location')).toBe(`/api/records/article/${created.body.id}`)
    expect(created.body).toMatchObject({
      version: 1,
      length: 12.3,
      sections: [
        { heading: '第一幕', pages: 30 },
        { heading: '第二幕', pages: null },
      ],
      _related: { author: { id: author.body.id, label: '老舍' } },
    })

    const path = `/api/records/article/${created.body.id}`
    const read = await product.request('GET', path)
    expect(read.headers.get('etag')).toBe('"1"')
    expect(read.body).toEqual(created.body)

    const sections = read.body.sections
    const first = Array.isArray(sections) ? sections[0] : undefined
    const patched = await product.request(
      'PATCH',
      path,
      { title: '茶馆(修订)', sections: [{ heading: '序' }, { id: Object(first).id, pages: 31 }] },
      { headers: { 'if-match': '"1"' } },
    )
    expect(patched.status).toBe(200)
    expect(patched.body).toMatchObject({
      version: 2,
      title: '茶馆(修订)',
      sections: [{ heading: '序' }, { heading: '第一幕', pages: 31 }],
    })

    const list = await product.request('GET', '/api/records/article?kind=essay&sort=-created_at')
    expect(list.body).toMatchObject({ items: [{ title: '茶馆(修订)' }], next: null })

    expect((await product.request('DELETE', path, undefined, { headers: { 'if-match': '"1"' } })).status).toBe(412)
    expect((await product.request('DELETE', path, undefined, { headers: { 'if-match': '"2"' } })).status).toBe(204)
    expect((await product.request('GET', '/api/records/article')).body.items).toEqual([])
    expect((await product.request('GET', '/api/records/article?deleted=only')).body.items).toHaveLength(1)

    const restored = await product.request('POST', `${path}/restore`)
    expect(restored.body).toMatchObject({ deleted_at: null, version: 4, sections: [{ heading: '序' }, {}] })
  })

  it('writes one event for each change, with old and new values', async () => {
    const { body } = await create({ title: '骆驼祥子', kind: 'report' })
    const path = `/api/records/article/${body.id}`
    await product.request('PATCH', path, { kind: 'essay' }, { headers: { 'if-match': '*' } })
    await product.request('PATCH', path, { kind: 'essay' }, { headers: { 'if-match': '*' } })
    const events = await product.database.sql`
      select kind, delta::text as delta from heddle.event where record = ${String(body.id)} order by id`
    expect(events.map((event) => [event.kind, JSON.parse(event.delta)])).toEqual([
      ['created', { title: '骆驼祥子', kind: 'report' }],
      ['updated', { kind: ['report', 'essay'] }],
    ])
  })

  it('is found by Chinese words of two characters and by the start of Latin words', async () => {
    await create({ title: '全棉府绸 Poplin 40S', kind: 'report' })
    for (const search of ['府绸', 'popl', '40s 棉']) {
      const found = await product.request('GET', `/api/records/article?search=${encodeURIComponent(search)}`)
      expect(found.body.items).toMatchObject([{ title: '全棉府绸 Poplin 40S' }])
    }
    expect((await product.request('GET', '/api/records/article?search=%E7%BB%B8%E5%BA%9C')).body.items).toEqual([])
  })

  it('is paged by cursor in any order without losing or repeating a record', async () => {
    for (let index = 0; index < 7; index++) {
      await product.request('POST', '/api/records/author', { name: `作者 ${index % 3} ${index}` })
    }
    for (const sort of ['name', '-name', 'created_at', '-id']) {
      const seen: string[] = []
      let after = ''
      do {
        const page = await product.request('GET', `/api/records/author?limit=3&sort=${sort}${after}`)
        expect(page.status).toBe(200)
        seen.push(...(page.body.items as { id: string }[]).map((item) => item.id))
        after = page.body.next === null ? '' : `&after=${page.body.next}`
      } while (after !== '')
      expect(new Set(seen).size).toBe(8)
      expect(seen).toHaveLength(8)
    }
  })

  it('answers a repeated Idempotency-Key with the record of the first time', async () => {
    const headers = { 'idempotency-key': 'once' }
    const first = await create({ title: '一次', kind: 'essay' }, headers)
    const second = await create({ title: '一次', kind: 'essay' }, headers)
    expect(second.body.id).toBe(first.body.id)
    expect((await create({ title: '二次', kind: 'essay' }, headers)).status).toBe(409)
    await product.database.sql`update heddle.idempotency set at = now() - interval '6 days'`
    expect(await sweepKeys(product.database.sql)).toBe(0)
    await product.database.sql`update heddle.idempotency set at = now() - interval '8 days'`
    expect(await sweepKeys(product.database.sql)).toBe(1)
    expect((await create({ title: '二次', kind: 'essay' }, headers)).status).toBe(201)
  })
})

describe('bad input', () => {
  const article = '/api/records/article'
  const cases: [string, string, unknown, number, string, string?][] = [
    ['an unknown entity', '/api/records/artcle', { title: 'x' }, 404, 'entity.unknown'],
    ['an unknown field', article, { title: 'x', kind: 'essay', titel: 1 }, 422, 'record.invalid', '/titel'],
    ['a missing required field', article, { kind: 'essay' }, 422, 'record.invalid', '/title'],
    ['a wrong type', article, { title: 'x', kind: 'essay', length: 'long' }, 422, 'record.invalid', '/length'],
    ['an unknown option', article, { title: 'x', kind: 'esay' }, 422, 'record.invalid', '/kind'],
    ['a system field', article, { title: 'x', kind: 'essay', version: 9 }, 422, 'record.invalid', '/version'],
    [
      'a bad line',
      article,
      { title: 'x', kind: 'essay', sections: [{}] },
      422,
      'record.invalid',
      '/sections/0/heading',
    ],
    [
      'a dangling lookup',
      article,
      { title: 'x', kind: 'essay', author: '0190f300-0000-7000-8000-000000000000' },
      422,
      'record.invalid',
      '/author',
    ],
    ['broken JSON', article, '{"title":', 400, 'body.malformed'],
    ['deep JSON', article, `${'['.repeat(500)}${']'.repeat(500)}`, 400, 'body.tooDeep'],
    ['a body that is too large', article, `"${'x'.repeat(10 * 1024 * 1024)}"`, 413, 'body.tooLarge'],
  ]
  it.each(cases)('%s is refused with what, where and what would be right', async (_, path, body, status, code, at) => {
    const before = await product.database.sql`select count(*)::int as count from heddle.event`
    const answer = await product.request('POST', path, body)
    expect(answer).toMatchObject({ status, body: { status, code, requestId: expect.any(String) } })
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    if (at !== undefined) expect(answer.body.errors).toMatchObject([{ path: at }])
    expect(await product.database.sql`select count(*)::int as count from heddle.event`).toEqual(before)
  })

  const cursor = (...keys: unknown[]) => `after=${Buffer.from(JSON.stringify(keys)).toString('base64url')}`
  const someId = '0190f300-0000-7000-8000-000000000000'
  const queries: [string, number, string, string?][] = [
    ['titel=x', 422, '/titel', 'title'],
    ['Limit=5', 422, '/Limit', 'limit'],
    ['sort=titel', 422, '/sort', 'title'],
    ['sort=sections', 422, '/sort'],
    ['fields=titel', 422, '/fields', 'title'],
    ['limit=0', 400, '/limit'],
    ['limit=201', 400, '/limit'],
    ['limit=1e2', 400, '/limit'],
    ['limit=5&limit=9', 400, '/limit'],
    ['where=true&where=false', 400, '/where'],
    ['after=zzz', 400, '/after'],
    [cursor('-id', true), 400, '/after'],
    [cursor('-id', 'x'), 400, '/after'],
    [cursor('-id', null), 400, '/after'],
    [`sort=length&${cursor('length,id', '9', someId)}`, 400, '/after'],
    [`sort=version&${cursor('version,id', 1e12, someId)}`, 400, '/after'],
    [`sort=written_on&${cursor('written_on,id', 'x', someId)}`, 400, '/after'],
    ['length=%20', 400, '/length'],
    ['length=0x10', 400, '/length'],
    ['length=.5', 400, '/length'],
    ['length=abc', 400, '/length'],
    ['version=1.5', 400, '/version'],
    ['version=99999999999', 400, '/version'],
    ['kind=esay', 400, '/kind'],
    ['author=abc', 400, '/author'],
    ['written_on=2024-02-31x', 400, '/written_on'],
    ['written_on=2024-02-31', 400, '/written_on'],
    ['created_at=2024-02-31T08:00', 400, '/created_at'],
  ]
  it.each(queries)('a list with %s is refused with where', async (query, status, path, near) => {
    const answer = await product.request('GET', `${article}?${query}`)
    expect(answer).toMatchObject({ status, body: { errors: [{ path, ...(near === undefined ? {} : { near }) }] } })
  })

  it('a misspelt purge loses nothing', async () => {
    const { body } = await create({ title: '留', kind: 'essay' })
    const path = `${article}/${body.id}`
    const answer = await product.request('DELETE', `${path}?purge=yes`, undefined, { headers: { 'if-match': '*' } })
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: '/purge' }] } })
    expect((await product.request('GET', path)).body.deleted_at).toBeNull()
  })

  it.each(['', 'a b', 'x'.repeat(201)])('“%s” is no Idempotency-Key', async (key) => {
    const answer = await product.request(
      'POST',
      article,
      { title: 'x', kind: 'essay' },
      {
        headers: { 'idempotency-key': key },
      },
    )
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: '/Idempotency-Key' }] } })
  })

  it('a change needs the version that was read', async () => {
    const { body } = await create({ title: '版本', kind: 'essay' })
    const path = `${article}/${body.id}`
    expect((await product.request('PATCH', path, { title: 'y' })).status).toBe(428)
    expect((await product.request('PATCH', path, { title: 'y' }, { headers: { 'if-match': '"7"' } })).status).toBe(412)
    expect((await product.request('GET', `${article}/not-an-id`)).status).toBe(404)
  })

  it('a value that must be unique is refused by name', async () => {
    await product.request('POST', '/api/records/author', { name: '独一' })
    const answer = await product.request('POST', '/api/records/author', { name: '独一' })
    expect(answer).toMatchObject({ status: 409, body: { code: 'record.duplicate', errors: [{ path: '/name' }] } })
  })

  it('a record that others point to is not deleted', async () => {
    const author = await product.request('POST', '/api/records/author', { name: '有作品' })
    await create({ title: '作品', kind: 'essay', author: author.body.id })
    const path = `/api/records/author/${author.body.id}`
    const answer = await product.request('DELETE', path, undefined, { headers: { 'if-match': '*' } })
    expect(answer).toMatchObject({ status: 409, body: { code: 'record.referenced' } })
    expect((await product.request('GET', path)).body.deleted_at).toBeNull()
  })

  it('nobody signed in sees nothing', async () => {
    expect((await product.request('GET', article, undefined, { key: 'wrong' })).status).toBe(401)
  })
})
