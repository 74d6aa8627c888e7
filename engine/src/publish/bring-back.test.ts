import type { JsonObject } from '@heddle/metadata'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { installPlugins } from '../plugins/install-plugins.ts'
import { readPlugin } from '../plugins/read-plugin.ts'
import { createTestFolders } from '../testing/folders.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'

const folders = createTestFolders()
let product: TestProduct

const text = (title: string): JsonObject => ({ title, 'x-field': { type: 'text' } })
const book = { title: 'Book', type: 'object', properties: { name: text('Name') } }

beforeAll(async () => {
  product = await startTestProduct()
  const plugins = [
    { 'plugin.json': { name: 'library', version: '1.0.0', title: 'Library' }, 'entities/book.json': book },
    {
      'plugin.json': { name: 'rare', version: '1.0.0', title: 'Rare', requires: { library: '^1' } },
      'extends/book.json': { properties: { rare_age: text('Age') } },
    },
  ]
  const read = await Promise.all(plugins.map(async (files) => readPlugin(await folders.make(files))))
  await installPlugins(product.database.sql, product.live, read, { accept: ['guarded'], confirm: undefined })
})
afterAll(async () => {
  await product.stop()
  await folders.remove()
})

test('a definition of a plugin comes back with what others add to it and the site says of it', async () => {
  const live = async () => (await product.request('GET', '/api/metadata/entity/book')).body
  const { body } = await live()
  await product.publish({ 'entity/book': { ...Object(body), title: 'Volume' } })
  const before = await live()
  expect(before).toMatchObject({ owner: 'library', body: { title: 'Volume', properties: { rare_age: {} } } })
  const { body: record } = await product.request('POST', '/api/records/book', { name: 'N', rare_age: 'old' })
  await product.publish({ 'entity/book': null })
  await product.publish({ 'menu/other': { title: 'Other', order: 1, items: {} } })
  expect((await product.request('PUT', '/api/metadata/draft/entity/book', { removed: false })).status).toBe(200)
  await product.publish({})
  expect(await live()).toMatchObject({ owner: 'library', body: Object(before.body) })
  expect((await product.request('GET', `/api/records/book/${record.id}`)).body).toMatchObject({ rare_age: 'old' })
})
