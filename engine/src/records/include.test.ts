import { asObject, type Json } from '@heddle/metadata'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '../access/actor.ts'
import type { Connection } from '../storage/connect.ts'
import { catalogue } from '../testing/catalogue.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'
import { planList, runList } from './list.ts'
import { parseListRequest } from './list-request.ts'

let product: TestProduct
const ids: { [name: string]: string } = {}
const read = { verbs: { read: 'all' } }

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish({
    ...catalogue,
    'role/clerk': {
      title: '职员',
      entities: {
        area: { ...read, fields: { full_name: 'none' } },
        project: { ...read, fields: { amount: 'none' } },
        note: { ...read, fields: { area: 'none' } },
      },
    },
  })
  const add = async (entity: string, name: string, body: object) => {
    const { body: record } = await product.request('POST', `/api/records/${entity}`, { name, ...body })
    ids[name] = String(record.id)
  }
  const [person] = await product.database.sql<{ id: string }[]>`
    insert into heddle."user" (id, name, email) values (gen_random_uuid(), '李', 'li@demo.example') returning id`
  ids.person = person?.id ?? ''
  await add('region', 'east', { factor: 1.5 })
  await add('area', 'bay', { region: ids.east })
  for (let index = 0; index < 53; index++) {
    const notes =
      index === 52
        ? [
            { text: 'b', area: ids.bay },
            { text: 'a', pages: 2, author: ids.person },
          ]
        : []
    await add('project', `p${index}`, { area: ids.bay, amount: index, helper: ids.person, owner_id: ids.person, notes })
  }
  await product.request('DELETE', `/api/records/project/${ids.p51}`, undefined, { headers: { 'if-match': '*' } })
})
afterAll(() => product.stop())

const list = (entity: string, query: string, options = {}) =>
  product.request('GET', `/api/records/${entity}?${query}`, undefined, options)
const items = (json: Json | undefined) => [json ?? []].flat().map(asObject)

describe('a list or record shows on request', () => {
  it('fields of what lookups point to, beside id and label', async () => {
    const { body } = await list('project', 'name=p52&fields=name&include=area(name,region(factor))')
    expect(body.items).toEqual([
      {
        id: ids.p52,
        version: 1,
        name: 'p52',
        _related: {
          area: {
            id: ids.bay,
            label: 'bay/east',
            name: 'bay',
            _related: { region: { id: ids.east, label: 'east', factor: 1.5 } },
          },
        },
      },
    ])
  })

  it('all of a related record that is named without brackets', async () => {
    const { body } = await product.request('GET', `/api/records/area/${ids.bay}?include=region`)
    expect(body._related).toMatchObject({
      region: { id: ids.east, label: 'east', name: 'east', factor: 1.5, secret: null, version: 1 },
    })
  })

  it('lines in their order, with what they lead to', async () => {
    const { body } = await list('project', 'name=p52&include=notes(text,area(name),author)')
    expect(items(body.items)[0]?.notes).toEqual([
      {
        id: expect.any(String),
        text: 'b',
        author: null,
        _related: { area: { id: ids.bay, label: 'bay/east', name: 'bay' }, author: null },
      },
      {
        id: expect.any(String),
        text: 'a',
        author: ids.person,
        _related: { area: null, author: { id: ids.person, label: '李' } },
      },
    ])
    expect(items((await list('project', 'name=p52')).body.items)[0]).not.toHaveProperty('notes')
    expect(items((await list('project', 'name=p52&include=notes')).body.items)[0]?.notes).toMatchObject([
      { text: 'b', share: null, version: 1 },
      { text: 'a', share: 0.0385 },
    ])
  })

  it('the newest fifty records that point to it, without those in the trash', async () => {
    const { body } = await list('area', 'include=projects(name,area(name))')
    const projects = items(asObject(items(body.items)[0]?._related).projects)
    expect(projects).toHaveLength(50)
    expect(projects.slice(0, 2)).toEqual([
      { id: ids.p52, label: 'p52', name: 'p52', _related: { area: { id: ids.bay, label: 'bay/east', name: 'bay' } } },
      expect.objectContaining({ name: 'p50' }),
    ])
  })

  it('the names of people and departments', async () => {
    const { body } = await list('project', 'name=p52&include=helper,owner_id,created_by,department_id')
    const person = { id: ids.person, label: '李' }
    expect(items(body.items)[0]?._related).toMatchObject({ helper: person, owner_id: person, department_id: null })
    expect(items(body.items)[0]?._related).toMatchObject({ created_by: { label: 'test' } })
  })

  it('all of it in one statement', async () => {
    const statements: string[] = []
    const counting: Connection = new Proxy(product.database.sql, {
      get: (target, name) => {
        if (name === 'unsafe') statements.push(name)
        return Reflect.get(target, name)
      },
      apply: (target, self, args) => {
        statements.push('template')
        return Reflect.apply(target, self, args)
      },
    })
    const include =
      'include=notes(text,area(name)),area(name,region),helper,owner_id,parts,parent(area(projects(name)))'
    const request = parseListRequest(new URLSearchParams(include))
    const plan = planList({ release: product.live.release, actor: systemActor }, 'project', request)
    const body = asObject(JSON.parse((await runList(counting, plan)).toString()))
    expect(body.items).toHaveLength(50)
    expect(statements).toHaveLength(1)
  })
})

describe('an include is refused', () => {
  it.each<[string, string, string | undefined]>([
    ['project', 'nots', 'notes'],
    ['project', 'name', undefined],
    ['project', 'area(nam)', 'name'],
    ['project', 'area(region(facto))', 'factor'],
    ['project', 'helper(email)', undefined],
    ['area', 'project', 'projects'],
  ])('where %s has no “%s”', async (entity, include, near) => {
    const answer = await list(entity, `include=${include}`)
    expect(answer).toMatchObject({ status: 422, body: { code: 'include.unknown', errors: [{ path: '/include' }] } })
    expect(items(answer.body.errors)[0]?.near).toBe(near)
  })

  it.each(['area(', 'area)', ',area', 'area(name', '(name)', 'area()', 'a(b(c(d(e))))'])(
    'when it reads “%s”',
    async (include) => {
      expect(await list('project', `include=${encodeURIComponent(include)}`)).toMatchObject({ status: 400 })
    },
  )

  it.each([
    ['area', 'region(name)'],
    ['area', 'region'],
    ['area', 'projects(amount)'],
    ['project', 'area(full_name)'],
    ['area', 'notes'],
  ])('where it would show of %s what is denied: %s', async (entity, include) => {
    const key = await product.key('clerk')
    const answer = await list(entity, `include=${include}`, { key })
    expect(answer).toMatchObject({ status: 422, body: { code: 'include.unknown' } })
  })

  it('but a lookup to what may not be read shows that there is something', async () => {
    const answer = await list('project', 'include=area(region)', { key: await product.key('clerk') })
    expect(items(answer.body.items)[0]?._related).toMatchObject({
      area: { label: null, _related: { region: { id: ids.east, label: null } } },
    })
  })
})
