import { expect, expectAccessible } from '../../.ci/e2e.ts'
import { stockShelf } from './books.ts'
import { filled, test } from './texts.ts'

test('a record shows what belongs to it, and a new one starts from there', async ({ page, request, texts }) => {
  const word = await stockShelf(request)
  await page.goto(`/list/x_writer?search=${word}`)
  const { items } = await (await request.get(`/api/records/x_writer?search=${word}`)).json()
  await page.goto(`/record/x_writer/${items[0].id}`)
  await page.getByRole('tab', { name: texts.record.page.related }).click()
  const related = page.getByRole('tabpanel', { name: texts.record.page.related })
  await expect(related.getByRole('link', { name: '图书 3' })).toBeVisible()
  await expectAccessible(page)
  await related.getByRole('link', { name: filled(texts.shell.goToKind.create, { title: '图书' }) }).click()
  await page.getByLabel('书名').fill(`${word} 野草`)
  await page.getByRole('button', { name: texts.forms.save, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: `${word} 野草` })).toBeVisible()
  const written = await (await request.get(`/api/records/x_book?writer=${items[0].id}`)).json()
  expect(written.items).toHaveLength(4)
})

test('a record goes to the trash and comes back', async ({ page, request, texts }) => {
  const word = await stockShelf(request)
  const { items } = await (await request.get(`/api/records/x_book?search=${word}`)).json()
  await page.goto(`/record/x_book/${items[0].id}`)
  await page.getByRole('button', { name: texts.list.more, exact: true }).click()
  await page.getByRole('menuitem', { name: texts.list.delete }).click()
  await expect(page).toHaveURL(/\/list\/x_book/)
  await page.goto(`/record/x_book/${items[0].id}`)
  await expect(page.getByText(texts.record.deleted)).toBeVisible()
  await page.getByRole('button', { name: texts.list.restore }).click()
  await expect(page.getByText(texts.record.deleted)).toHaveCount(0)
})

test('a record that is not deleted stays on the page', async ({ page, request, texts }) => {
  const word = await stockShelf(request)
  const { items } = await (await request.get(`/api/records/x_book?search=${word}`)).json()
  await page.goto(`/record/x_book/${items[0].id}`)
  await page.route(`**/api/records/x_book/${items[0].id}`, (route) =>
    route.request().method() === 'DELETE'
      ? route.fulfill({ status: 409, json: { code: 'record.referenced', detail: 'Others point to it.' } })
      : route.continue(),
  )
  await page.getByRole('button', { name: texts.list.more, exact: true }).click()
  await page.getByRole('menuitem', { name: texts.list.delete }).click()
  await expect(page.getByText('Others point to it.')).toBeVisible()
  await expect(page).toHaveURL(new RegExp(`/record/x_book/${items[0].id}`))
})

test('a record that is not there is told apart from a failure', async ({ page, texts }) => {
  await page.goto('/record/x_book/0190f3a0-0000-7000-8000-000000000000')
  await expect(page.getByText(texts.failure.missing)).toBeVisible()
})

test('a page that is not there keeps the menus', async ({ page, texts }) => {
  await page.goto('/no/such/page')
  await expect(page.getByText(texts.failure.missing)).toBeVisible()
  await expect(page.getByRole('navigation').first()).toBeVisible()
})
