import type { JsonObject } from '@heddle/metadata'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestFolders } from '../testing/folders.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'
import { installPlugins } from './install-plugins.ts'
import { readPlugin } from './read-plugin.ts'

const folders = createTestFolders()
let product: TestProduct

const settings: JsonObject = {
  company: { name: '图书馆' },
  theme: { primary: '#2E7D32' },
  timezone: 'Asia/Shanghai',
  locales: ['zh-CN', 'en'],
}

beforeAll(async () => {
  product = await startTestProduct()
  await install('1.0.0', settings)
})
afterAll(async () => {
  await product.stop()
  await folders.remove()
})

async function install(version: string, body: JsonObject): Promise<void> {
  const folder = await folders.make({
    'plugin.json': { name: 'library', version, title: '图书' },
    'settings/site.json': body,
    'translations/en.json': { 'settings/site': { '/company/name': 'Library' } },
  })
  const acceptance = { accept: [], confirm: undefined }
  await installPlugins(product.database.sql, product.live, [await readPlugin(folder)], acceptance)
}

const shown = async () => (await product.request('GET', '/api/settings/public')).body

test('the site changes the name and colour that a plugin came with, at once and without a restart', async () => {
  expect(await shown()).toMatchObject({ name: '图书馆', primary: '#2E7D32' })
  await product.publish({
    'settings/site': { ...settings, company: { name: '城南分馆' }, theme: { primary: '#123456' } },
  })
  expect(await shown()).toMatchObject({ name: '城南分馆', primary: '#123456', locales: ['zh-CN', 'en'] })
  const { body } = await product.request('GET', '/api/metadata/settings/site')
  expect(body).toMatchObject({ owner: 'library' })
})

test('a new version of the plugin does not take back what the site has changed', async () => {
  await install('1.1.0', { ...settings, company: { name: '总馆' }, currency: 'CNY' })
  expect(await shown()).toMatchObject({ name: '城南分馆', primary: '#123456' })
  expect(product.live.release.definitions.get('settings/site')?.body).toMatchObject({ currency: 'CNY' })
})

test('settings that fit no schema are refused and what was live stays', async () => {
  const wrong = product.publish({ 'settings/site': { ...settings, theme: { primary: 'green' } } })
  await expect(wrong).rejects.toThrow('/theme/primary')
  expect(await shown()).toMatchObject({ primary: '#123456' })
})
