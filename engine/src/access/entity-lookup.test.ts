import { afterAll, beforeAll, expect, test } from 'vitest'
import { library } from '../testing/definitions.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

let product: TestProduct
beforeAll(async () => {
  product = await startTestProduct()
  await product.publish({
    ...library,
    'role/writer': { title: '作者', entities: { article: { verbs: { read: 'all' } } } },
  })
})
afterAll(() => product.stop())

test('an unknown entity is told with the nearest among those the reader may use', async () => {
  const key = await product.key('writer')
  const near = async (name: string, options?: { key: string }) => {
    const { status, body } = await product.request('GET', `/api/records/${name}`, undefined, options)
    return [status, body.near]
  }
  expect(await near('authr')).toEqual([404, 'author'])
  expect(await near('artcle', { key })).toEqual([404, 'article'])
  expect(await near('authr', { key })).toEqual([404, undefined])
})
