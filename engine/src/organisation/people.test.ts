import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { library } from '../testing/definitions.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

let product: TestProduct
let boss: string
let unit: string
const nobody = '0190f300-0000-7000-8000-000000000000'

const addPerson = (more: object = {}) =>
  product.request('POST', '/api/users', { email: `${Math.random()}@heddle.example`, name: '某人', ...more })
const change = (id: string, body: object) => product.request('PATCH', `/api/users/${id}`, body)

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish({ 'role/reader': { title: '读者', entities: {} } })
  boss = String((await addPerson({ name: '经理' })).body.id)
  unit = String((await product.request('POST', '/api/departments', { name: '部门', head: boss })).body.id)
})
afterAll(() => product.stop())

describe('a person', () => {
  it('is added and changed as a whole', async () => {
    const added = await addPerson({ email: 'New@Heddle.example', roles: ['reader'], department: unit, manager: boss })
    const person = { email: 'new@heddle.example', roles: ['reader'], department: unit, manager: boss, locale: null }
    expect(added).toMatchObject({ status: 201, body: { ...person, disabled: false } })
    const changed = await change(String(added.body.id), { name: '新名', manager: null, locale: 'en' })
    expect(changed).toMatchObject({ status: 200, body: { ...person, name: '新名', manager: null, locale: 'en' } })
  })

  it('is told their department and manager, which rules may ask for', async () => {
    const password = 'a long password'
    await addPerson({ email: 'told@heddle.example', password, department: unit, manager: boss })
    const signedIn = await product.send('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'told@heddle.example', password }),
    })
    const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
    const me = await (await product.visit('/api/me', { headers: { cookie } })).json()
    expect(me).toMatchObject({ department: unit, departments: [], positions: [], manager: boss })
    const nowhere = { department: null, departments: [], positions: [], manager: null }
    expect((await product.request('GET', '/api/me')).body).toMatchObject(nowhere)
  })

  it('works in further departments and holds positions, each list replaced as a whole', async () => {
    const other = String((await product.request('POST', '/api/departments', { name: '二部' })).body.id)
    const lead = String((await product.request('POST', '/api/positions', { name: '组长' })).body.id)
    const places = { department: unit, departments: [other], positions: [lead] }
    const added = await addPerson(places)
    expect(added).toMatchObject({ status: 201, body: places })
    const id = String(added.body.id)
    expect((await change(id, { name: '新名' })).body).toMatchObject(places)
    expect((await change(id, { departments: [], positions: [] })).body).toMatchObject({
      departments: [],
      positions: [],
    })
    expect((await addPerson()).body).toMatchObject({ departments: [], positions: [] })
  })

  it('gets a new password, and whoever was signed in with the old one is not any more', async () => {
    const { body } = await addPerson({ email: 'key@heddle.example', password: 'the first password' })
    const signIn = (password: string) =>
      product.send('/api/auth/sign-in/email', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: 'key@heddle.example', password }),
      })
    const cookie = (await signIn('the first password')).headers.get('set-cookie') ?? ''
    const isSignedIn = async () => {
      const [row] = await product.database.sql`select 1 from heddle.session where user_id = ${String(body.id)}`
      return row !== undefined
    }
    expect([cookie !== '', await isSignedIn()]).toEqual([true, true])
    expect((await change(String(body.id), { password: 'the second password' })).status).toBe(200)
    expect(await isSignedIn()).toBe(false)
    expect((await signIn('the first password')).status).toBe(401)
    expect((await signIn('the second password')).status).toBe(200)
  })

  it.each<[string, object, string, string?]>([
    ['no e-mail', { email: 'nowhere' }, '/email'],
    ['a taken e-mail', { email: 'TAKEN@heddle.example' }, '/email'],
    ['a blank name', { name: ' ' }, '/name'],
    ['a short password', { password: 'short' }, '/password'],
    ['an unknown role', { roles: ['admin', 'raeder'] }, '/roles/1', 'reader'],
    ['roles as a text', { roles: 'admin' }, '/roles'],
    ['a department that is no id', { department: 'x' }, '/department'],
    ['a department that is not there', { department: nobody }, '/department'],
    ['a further department that is not there', { departments: [nobody] }, '/departments/0'],
    ['a position that is not there', { positions: [nobody] }, '/positions/0'],
    ['a manager that is not there', { manager: nobody }, '/manager'],
    ['a language that nobody offers', { locale: 'fr' }, '/locale'],
    ['a misspelt property', { nmae: 'x' }, '/nmae'],
  ])('with %s is refused with where', async (_title, more, path, near) => {
    await addPerson({ email: 'taken@heddle.example' })
    const { body } = await addPerson()
    const wanted = { status: 422, body: { errors: [{ path, ...(near === undefined ? {} : { near }) }] } }
    expect(await addPerson(more)).toMatchObject(wanted)
    expect(await change(String(body.id), more)).toMatchObject(wanted)
  })

  it('cannot be their own manager, nor that of those above them', async () => {
    const worker = String((await addPerson({ manager: boss })).body.id)
    for (const [id, manager] of [
      [worker, worker],
      [boss, worker],
    ] as const) {
      expect(await change(id, { manager })).toMatchObject({ status: 422, body: { errors: [{ path: '/manager' }] } })
    }
  })

  it('that is not there is not changed', async () => {
    for (const id of ['x', nobody]) expect((await change(id, { name: 'x' })).status).toBe(404)
  })
})

describe('a department', () => {
  const department = (method: string, path: string, body: object) =>
    product.request(method, `/api/departments${path}`, body)

  it('is changed, and cannot be a part of itself', async () => {
    const part = await department('POST', '', { name: '小组', parent: unit })
    expect(part).toMatchObject({ status: 201, body: { parent: unit, head: null } })
    const id = String(part.body.id)
    expect(await department('PATCH', `/${id}`, { name: '大组', head: boss })).toMatchObject({
      status: 200,
      body: { name: '大组', parent: unit, head: boss },
    })
    for (const [place, parent] of [
      [id, id],
      [unit, id],
    ] as const) {
      const answer = await department('PATCH', `/${place}`, { parent })
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: '/parent' }] } })
    }
  })

  it.each([
    ['no name', {}, '/name'],
    ['a parent that is not there', { name: 'x', parent: nobody }, '/parent'],
    ['a head that is not there', { name: 'x', head: nobody }, '/head'],
  ])('with %s is refused with where', async (_title, body, path) => {
    expect(await department('POST', '', body)).toMatchObject({ status: 422, body: { errors: [{ path }] } })
  })

  it('that is not there is not changed, and only administrators change any', async () => {
    expect((await department('PATCH', `/${nobody}`, { name: 'x' })).status).toBe(404)
    const key = await product.key('reader')
    expect((await product.request('PATCH', `/api/departments/${unit}`, { name: 'x' }, { key })).status).toBe(403)
  })
})

describe('a department that is removed', () => {
  const remove = (id: string) => product.request('DELETE', `/api/departments/${id}`)
  const add = async (more: object = {}) =>
    String((await product.request('POST', '/api/departments', { name: '临时', ...more })).body.id)

  it('is gone when nobody and nothing is in it', async () => {
    const id = await add()
    expect((await remove(id)).status).toBe(204)
    expect((await remove(id)).status).toBe(404)
  })

  it.each<[string, (id: string) => Promise<unknown>, object]>([
    ['a part', (id) => add({ parent: id }), { parts: 1, people: 0, records: 0 }],
    ['somebody', (id) => addPerson({ department: id }), { parts: 0, people: 1, records: 0 }],
    ['somebody besides', (id) => addPerson({ departments: [id] }), { parts: 0, people: 1, records: 0 }],
    ['a record', (id) => recordIn(id), { parts: 0, people: 0, records: 1 }],
    ['a record that names it', (id) => recordNaming(id), { parts: 0, people: 0, records: 1 }],
  ])('stays while %s is in it', async (_title, fill, found) => {
    const id = await add()
    await fill(id)
    expect(await remove(id)).toMatchObject({ status: 409, body: { code: 'department.inUse', ...found } })
  })

  async function recordIn(department: string): Promise<void> {
    await product.publish(library)
    const { body } = await product.request('POST', '/api/records/author', { name: `${Math.random()}` })
    await product.database.sql`update app.author set department_id = ${department} where id = ${String(body.id)}`
  }

  async function recordNaming(department: string): Promise<void> {
    const unitField = { title: '部门', 'x-field': { type: 'department' } }
    await product.publish({ 'entity/desk': { title: '桌', type: 'object', properties: { unit: unitField } } })
    expect((await product.request('POST', '/api/records/desk', { unit: department })).status).toBe(201)
  }
})

describe('a position', () => {
  const position = (method: string, path: string, body?: object, key?: string) =>
    product.request(method, `/api/positions${path}`, body, key === undefined ? {} : { key })

  it('is added, renamed, listed by name and removed', async () => {
    const { body } = await position('POST', '', { name: ' 主管 ' })
    expect(body).toMatchObject({ name: '主管' })
    expect(await position('PATCH', `/${body.id}`, { name: '主任' })).toMatchObject({
      status: 200,
      body: { name: '主任' },
    })
    expect((await position('GET', '')).body.items).toContainEqual({ id: body.id, name: '主任' })
    expect((await position('DELETE', `/${body.id}`)).status).toBe(204)
    for (const method of ['PATCH', 'DELETE']) {
      expect((await position(method, `/${body.id}`, method === 'PATCH' ? { name: 'x' } : undefined)).status).toBe(404)
    }
  })

  it('has a name of its own, and stays while somebody holds it', async () => {
    const { body } = await position('POST', '', { name: '会计' })
    const taken = { status: 422, body: { errors: [{ path: '/name', code: 'value.unique' }] } }
    expect(await position('POST', '', { name: '会计' })).toMatchObject(taken)
    await addPerson({ positions: [body.id] })
    expect(await position('DELETE', `/${body.id}`)).toMatchObject({
      status: 409,
      body: { code: 'position.held', people: 1 },
    })
  })

  it('is the administrators’ affair', async () => {
    const key = await product.key('reader')
    expect((await position('GET', '', undefined, key)).status).toBe(200)
    expect((await position('POST', '', { name: 'x' }, key)).status).toBe(403)
    for (const method of ['PATCH', 'DELETE']) {
      expect((await position(method, `/${nobody}`, method === 'PATCH' ? { name: 'x' } : undefined, key)).status).toBe(
        403,
      )
    }
  })
})
