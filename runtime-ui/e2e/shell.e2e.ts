import { administrator, test as base, expect, expectAccessible, signedOut } from '../../.ci/e2e.ts'
import { stockShelf } from './books.ts'
import { filled, test } from './texts.ts'

test.describe('signed out', () => {
  test.use({ storageState: signedOut })

  test('one signs in and comes to the page asked for', async ({ page, texts }) => {
    await page.goto('/me')
    await page.getByLabel(texts.signIn.email).fill(administrator.email)
    await page.getByLabel(texts.signIn.password, { exact: true }).fill('not the password')
    await page.getByRole('button', { name: texts.signIn.submit }).click()
    await expect(page.getByText(texts.signIn.wrong)).toBeVisible()
    await expectAccessible(page)
    await page.getByLabel(texts.signIn.password, { exact: true }).fill(administrator.password)
    await page.getByRole('button', { name: texts.signIn.submit }).click()
    await expect(page).toHaveURL(/\/me$/)
    await expect(page.getByText(administrator.email)).toBeVisible()
  })
})

base.describe('signed out, in no language yet', () => {
  base.use({ storageState: signedOut })

  base('the language is chosen before signing in and remembered', async ({ page }) => {
    await page.goto('/sign-in')
    await page.getByText('English').click()
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
    await page.reload()
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
  })
})

test('the palette goes where one types', async ({ page, request, isMobile }) => {
  test.skip(isMobile, 'phones have no Ctrl K')
  await stockShelf(request)
  await page.goto('/')
  await expect(page.getByRole('navigation').getByRole('link', { name: '图书' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('图书')
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/list\/x_book/)
})

test('the palette finds records of all kinds and opens the chosen one', async ({ page, request, texts }) => {
  const word = await stockShelf(request)
  await page.goto('/')
  await page.getByRole('banner').getByRole('button', { name: texts.shell.goTo }).click()
  await page.getByRole('combobox', { name: texts.shell.goTo }).fill(word)
  const options = page.getByRole('listbox', { name: texts.shell.goTo }).getByRole('option')
  await expect(options.filter({ hasText: `${word} 鲁迅` })).toContainText('作家')
  await expect(
    options.filter({ hasText: filled(texts.shell.goToKind.search, { title: '图书', text: word }) }),
  ).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('combobox', { name: texts.shell.goTo }).fill(`${word} 呐喊`)
  await expect(options.first()).toContainText(`${word} 呐喊`)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: `${word} 呐喊` })).toBeVisible()
  await page.getByRole('banner').getByRole('button', { name: texts.shell.goTo }).click()
  await expect(options.first()).toContainText(`${word} 呐喊`)
  await page.getByRole('combobox', { name: texts.shell.goTo }).fill(`${word}x`)
  await expect(page.getByText(texts.shell.goToNone)).toBeVisible()
})

test('the palette never opens what an earlier text found', async ({ page, request, texts }) => {
  const word = await stockShelf(request)
  await page.goto('/')
  await page.getByRole('banner').getByRole('button', { name: texts.shell.goTo }).click()
  const box = page.getByRole('combobox', { name: texts.shell.goTo })
  const found = page.getByRole('listbox', { name: texts.shell.goTo }).getByRole('option').filter({ hasText: word })
  await box.fill(`${word} 鲁迅`)
  await expect(found.first()).toBeVisible()
  await page.route('**/api/search?**', () => undefined)
  await box.fill(`${word} 呐喊`)
  await expect(found).toHaveCount(0)
  await box.press('Enter')
  await expect(page).toHaveURL(/\/$/)
})

test('a page that cannot be read says so and is tried again', async ({ page, request, texts }) => {
  const word = await stockShelf(request)
  await page.route('**/api/records/x_book?**', (route) => route.abort())
  await page.goto(`/list/x_book?search=${word}`)
  await expect(page.getByText(texts.failure.network)).toBeVisible({ timeout: 20_000 })
  await page.unroute('**/api/records/x_book?**')
  await page.getByRole('button', { name: texts.common.retry }).click()
  await expect(page.getByText(filled(texts.list.total_other, { count: 3 }))).toBeVisible()
})

test('a field that was just published appears without a reload', async ({ page, request }) => {
  test.skip(test.info().project.name !== 'desktop zh', 'one publish is enough')
  await stockShelf(request)
  await page.goto('/create/x_writer')
  await expect(page.getByLabel('姓名')).toBeVisible()
  await page.getByLabel('姓名').fill('半个名字')
  const nickname = { title: '笔名', 'x-field': { type: 'text' } }
  await expect(async () => {
    const { body } = await (await request.get('/api/metadata/entity/x_writer')).json()
    const data = { body: { ...body, properties: { ...body.properties, nickname } } }
    await request.put('/api/metadata/draft/entity/x_writer', { data, headers: { 'if-match': '*' } })
    const only = ['entity/x_writer']
    const { planHash } = await (await request.post('/api/metadata/plan', { data: { only } })).json()
    expect((await request.post('/api/metadata/publish', { data: { planHash, only } })).status()).toBe(200)
  }).toPass({ timeout: 30_000 })
  await page.evaluate(() => dispatchEvent(new Event('visibilitychange')))
  await expect(page.getByLabel('笔名')).toBeVisible({ timeout: 40_000 })
  await expect(page.getByLabel('姓名')).toHaveValue('半个名字')
})
