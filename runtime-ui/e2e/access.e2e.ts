import { expect, signedOut, test } from '../../.ci/e2e.ts'
import { stockShelf } from './books.ts'
import { publish } from './publish.ts'

test.skip(() => test.info().project.name !== 'desktop zh', 'what one may see is the same everywhere')

test.beforeEach(({ page }) => page.addInitScript(() => localStorage.setItem('heddle.locale', 'zh-CN')))

test('who may not see a field works with the rest', async ({ browser, request, baseURL }) => {
  const word = await stockShelf(request)
  await publish(request, {
    'role/x_reader': {
      title: '读者',
      entities: { x_book: { verbs: { read: 'all', update: 'all' }, fields: { pages: 'none', genre: 'read' } } },
    },
  })
  const reader = { email: `${word}@heddle.example`, password: 'a password of readers' }
  const data = { ...reader, name: '读者', roles: ['x_reader'] }
  expect((await request.post('/api/users', { data })).status()).toBe(201)
  const context = await browser.newContext({ baseURL: baseURL ?? '', storageState: signedOut, locale: 'zh-CN' })
  await context.request.post('/api/auth/sign-in/email', { data: reader, headers: { origin: baseURL ?? '' } })
  const page = await context.newPage()
  await page.goto(`/list/x_book?search=${word}`)
  await expect(page.getByText('共 3 条')).toBeVisible()
  await expect(page.getByRole('columnheader', { name: '页数' })).toHaveCount(0)
  await page.getByRole('gridcell', { name: `${word} 呐喊`, exact: true }).dblclick()
  await page.getByRole('textbox', { name: '书名' }).fill(`${word} 新书名`)
  await expect(page.getByText('页数')).toHaveCount(0)
  await expect(page.getByRole('combobox', { name: '体裁' })).toHaveCount(0)
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('heading', { level: 1, name: `${word} 新书名` })).toBeVisible()
  await context.close()
})

test('the account’s language is spoken where nobody chose one on the device', async ({ browser, request, baseURL }) => {
  const person = { email: `${crypto.randomUUID()}@heddle.example`, password: 'a password of speakers' }
  const data = { ...person, name: 'Speaker', roles: ['admin'], locale: 'en' }
  expect((await request.post('/api/users', { data })).status()).toBe(201)
  const context = await browser.newContext({ baseURL: baseURL ?? '', storageState: signedOut, locale: 'zh-CN' })
  await context.request.post('/api/auth/sign-in/email', { data: person, headers: { origin: baseURL ?? '' } })
  const page = await context.newPage()
  await page.goto('/me')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await context.close()
})
