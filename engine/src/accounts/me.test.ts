import { afterAll, beforeAll, expect, test } from 'vitest'
import { library } from '../testing/definitions.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

let product: TestProduct

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish({
    ...library,
    'role/reader': {
      title: 'Reader',
      entities: { article: { verbs: { read: 'all' }, fields: { length: 'none', kind: 'read', title: 'edit' } } },
    },
  })
})
afterAll(() => product.stop())

test('the actor is told which fields they may not see or not change', async () => {
  const { body } = await product.request('GET', '/api/me', undefined, { key: await product.key('reader') })
  expect(body.verbs).toMatchObject({ article: ['read'] })
  expect(body.fields).toEqual({ article: { length: 'none', kind: 'read' } })
})

test('who may do everything is told of no field', async () => {
  expect((await product.request('GET', '/api/me')).body.fields).toEqual({})
})
