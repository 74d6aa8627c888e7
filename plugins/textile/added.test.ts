import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { installPlugins } from '../../engine/src/plugins/install-plugins.ts'
import { readPlugin } from '../../engine/src/plugins/read-plugin.ts'
import { startTestProduct, type TestProduct } from '../../engine/src/testing/product.ts'

let product: TestProduct
beforeAll(async () => {
  product = await startTestProduct()
})
afterAll(() => product.stop())

test('a mill’s template comes to a CRM with records that runs already', async () => {
  const { sql } = product.database
  const install = async (name: string) => {
    const plugin = await readPlugin(fileURLToPath(new URL(`../${name}`, import.meta.url)))
    await installPlugins(sql, product.live, [plugin], { accept: ['guarded'], confirm: undefined })
  }
  const create = async (entity: string, body: object) => {
    const answer = await product.request('POST', `/api/records/${entity}`, body)
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 201 })
    return answer.body
  }
  await install('crm')
  const account = (await create('account', { name: '甲方' })).id
  await create('sales_order', { account, lines: [{ description: '样品', unit: 'piece', quantity: 10, price: 5 }] })
  await install('textile')
  const cotton = { part: 'cotton', share: 100 }
  const carpet = { article_no: 'DT-1', name: '地毯', kind: 'carpet', composition: [cotton], weight: 1100, width: 356 }
  const fabric = (await create('fabric', carpet)).id
  const made = await create('sales_order', {
    account,
    lines: [{ description: '地毯', textile_fabric: fabric, unit: 'm', quantity: 100, price: 9 }],
  })
  expect(made).toMatchObject({ lines: [{ textile_fabric: fabric, amount: 900 }] })
}, 120_000)
