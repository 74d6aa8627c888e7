import { afterAll, beforeAll, expect, test } from 'vitest'
import { library } from '../testing/definitions.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'
import { createUser } from './users.ts'

let product: TestProduct

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish({
    ...library,
    'entity/offer': {
      title: 'Offer',
      type: 'object',
      properties: {
        amount: { title: 'Amount', 'x-field': { type: 'money' } },
        fee: { title: 'Fee', 'x-field': { type: 'money' } },
      },
      'x-entity': { currency: true },
    },
    'role/reader': {
      title: 'Reader',
      entities: {
        article: { verbs: { read: 'all' }, fields: { length: 'none', kind: 'read', title: 'edit' } },
        offer: { verbs: { read: 'all', create: 'all' }, fields: { amount: 'none', fee: 'none', fee_base: 'read' } },
      },
    },
  })
})
afterAll(() => product.stop())

test('the actor is told which fields they may not see or not change', async () => {
  const { body } = await product.request('GET', '/api/me', undefined, { key: await product.key('reader') })
  expect(body.verbs).toMatchObject({ article: ['read'] })
  expect(body.fields).toMatchObject({ article: { length: 'none', kind: 'read' } })
})

test('who may do everything is told of no field', async () => {
  expect((await product.request('GET', '/api/me')).body.fields).toEqual({})
})

test('an amount that is kept from someone is not told in the company currency either, unless the role says so', async () => {
  const key = await product.key('reader')
  const { body: me } = await product.request('GET', '/api/me', undefined, { key })
  expect(me.fields).toMatchObject({ offer: { amount: 'none', amount_base: 'none', fee: 'none', fee_base: 'read' } })
  const { body: made } = await product.request('POST', '/api/records/offer', { amount: 12, fee: 1 })
  const { body: read } = await product.request('GET', `/api/records/offer/${made.id}`, undefined, { key })
  expect(read).toMatchObject({ fee_base: 1 })
  expect(Object.keys(read)).not.toContain('amount_base')
})

test('a person keeps settings of views, an API key cannot', async () => {
  const password = 'the right password'
  await createUser(product.database.sql, { email: 'me@heddle.example', name: 'Me', password, roles: ['reader'] })
  const signedIn = await product.request('POST', '/api/auth/sign-in/email', { email: 'me@heddle.example', password })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  const headers = { cookie, 'content-type': 'application/json' }
  const settings = { columns: ['title'] }
  const path = '/api/me/views/article'
  const put = await product.visit(path, { method: 'PUT', headers, body: JSON.stringify(settings) })
  expect(put.status).toBe(200)
  expect(await (await product.visit(path, { headers })).json()).toEqual(settings)
  expect(await product.request('PUT', path, settings)).toMatchObject({ status: 403, body: { code: 'access.denied' } })
})
