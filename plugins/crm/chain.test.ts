import { fileURLToPath } from 'node:url'
import type { JsonObject } from '@heddle/metadata'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { installPlugins } from '../../engine/src/plugins/install-plugins.ts'
import { readWithRequirements } from '../../engine/src/plugins/read-plugin.ts'
import { startTestProduct, type TestProduct } from '../../engine/src/testing/product.ts'

let product: TestProduct
let account = ''
beforeAll(async () => {
  product = await startTestProduct()
  const plugins = await readWithRequirements(fileURLToPath(new URL('.', import.meta.url)))
  await installPlugins(product.database.sql, product.live, plugins, { accept: [], confirm: undefined })
  account = (await create('account', { name: '甲方' })).id
}, 120_000)
afterAll(() => product.stop())

async function create(entity: string, body: JsonObject) {
  const answer = await product.request('POST', `/api/records/${entity}`, body)
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 201 })
  return { ...answer.body, id: String(answer.body.id) }
}
const refused = async (entity: string, body: JsonObject) => {
  const { body: problem } = await product.request('POST', `/api/records/${entity}`, body)
  return Object(problem.errors).map(({ code, path }: { code: string; path: string }) => `${code} ${path}`)
}
const change = (path: string, body: JsonObject) =>
  product.request('PATCH', `/api/records/${path}`, body, { headers: { 'if-match': '*' } })
const read = async (path: string) => (await product.request('GET', `/api/records/${path}`)).body

const line = { description: '样品', unit: 'piece', quantity: 10, price: 5 }
const order = (more: JsonObject = {}) => create('sales_order', { account, lines: [line, line], ...more })

test('what is delivered is what has left and has not come back, of lines that still count', async () => {
  const { id } = await order()
  const [first, second] = Object((await read(`sales_order/${id}?include=lines`)).lines)
  const part = (of: { id: string }, more: JsonObject = {}) => ({
    order_line: of.id,
    quantity: 4,
    unit: 'piece',
    ...more,
  })
  const lines = [part(first), part(second), part(second, { state: 'returned' })]
  const delivery = await create('delivery', { account, sales_order: id, delivered_on: '2099-01-01', lines })
  const delivered = async () => (await read(`sales_order/${id}`)).delivered_quantity
  expect(await delivered()).toBe(0)
  await change(`delivery/${delivery.id}`, { status: 'shipped' })
  expect(await delivered()).toBe(8)
  await change(`sales_order/${id}`, { lines: [{ id: first.id, status: 'cancelled' }, { id: second.id }] })
  expect(await read(`sales_order/${id}`)).toMatchObject({
    delivered_quantity: 4,
    quantity_total: 10,
    delivered_percent: 40,
  })
  await change(`delivery/${delivery.id}`, { status: 'returned' })
  expect(await delivered()).toBe(0)
})

test('a margin is told only once every line has a cost', async () => {
  const quotation = { account, quoted_on: '2026-01-01', valid_until: '2026-01-10' }
  const lines = [{ ...line, unit_cost: 4 }, line]
  const { id } = await create('quotation', { ...quotation, lines })
  expect((await read(`quotation/${id}`)).margin_percent).toBeNull()
  const [first, second] = Object((await read(`quotation/${id}?include=lines`)).lines)
  await change(`quotation/${id}`, { lines: [{ id: first.id }, { id: second.id, unit_cost: 4 }] })
  expect((await read(`quotation/${id}`)).margin_percent).toBe(20)
})

test('a proforma invoice is no invoice of the order', async () => {
  const { id } = await order()
  const invoice = (no: string, kind: string) =>
    create('invoice', { account, sales_order: id, invoice_no: no, kind, status: 'issued', amount: 30 })
  await invoice('1', 'proforma')
  await invoice('2', 'ordinary')
  expect((await read(`sales_order/${id}`)).invoiced).toBe(30)
})

test('payments and invoices have the currency of what they pay, for their amounts are added up', async () => {
  const { id } = await order({ currency: 'USD', rate: 7 })
  const contract = await create('contract', { account, name: '合同', currency: 'USD', rate: 7 })
  const plan = { account, period_no: 1, planned_on: '2026-01-01', amount: 5, currency: 'USD', rate: 7 }
  const payment = { account, amount: 5, way: 'wire_transfer' }
  const dollars = { currency: 'USD', rate: 7 }
  const all = { sales_order: id, contract: contract.id }
  const whole = { ...all, payment_plan: (await create('payment_plan', plan)).id }
  const rules = ['rule.order_currency /currency', 'rule.contract_currency /currency']
  expect(await refused('payment', { ...payment, ...whole })).toEqual([...rules, 'rule.plan_currency /currency'])
  expect(await refused('invoice', { account, kind: 'commercial', amount: 5, ...all })).toEqual(rules)
  await create('payment', { ...payment, ...whole, ...dollars })
  await create('payment', payment)
})
