import type { Page } from '@playwright/test'
import { expect, test } from '../../.ci/e2e.ts'
import { stockShelf } from './books.ts'

test.skip(() => test.info().project.name !== 'desktop zh', 'the policy of content is the same everywhere')

test.beforeEach(({ page }) => page.addInitScript(() => localStorage.setItem('heddle.locale', 'zh-CN')))

/** Everything on the page that its policy of content refused, as the browser tells it. */
function refusalsOn(page: Page): string[] {
  const refusals: string[] = []
  page.on('console', (message) => {
    if (/content.security.policy|refused to|unsafe-eval|permissions policy/i.test(message.text())) {
      refusals.push(message.text())
    }
  })
  page.on('pageerror', (error) => refusals.push(error.message))
  return refusals
}

test('both apps work under their policies of content, and a record is saved', async ({ page, request }) => {
  const word = await stockShelf(request)
  const refusals = refusalsOn(page)
  await page.goto(`/list/x_book?search=${word}`)
  await expect(page.getByText('共 3 条')).toBeVisible()
  await page.getByRole('gridcell', { name: `${word} 呐喊`, exact: true }).dblclick()
  await page.getByRole('textbox', { name: '页数' }).fill('很多')
  await page.getByRole('textbox', { name: '书名' }).fill('')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('textbox', { name: '书名' })).toHaveAttribute('aria-invalid', 'true')
  await page.getByRole('textbox', { name: '页数' }).fill('181')
  await page.getByRole('textbox', { name: '书名' }).fill(`${word} 新书名`)
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('heading', { level: 1, name: `${word} 新书名` })).toBeVisible()
  const answer = await page.goto('/designer/')
  expect(answer?.headers()['content-security-policy']).toContain("script-src 'self';")
  await expect(page.getByText('x_book').first()).toBeVisible()
  await page.goto('/api/docs')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect(refusals).toEqual([])
})

test('a page may run no script that was written into it', async ({ page }) => {
  const refusals = refusalsOn(page)
  await page.goto('/')
  await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'document.title = "taken over"'
    document.body.append(script)
  })
  await expect(page).not.toHaveTitle('taken over')
  await expect.poll(() => refusals.length).toBeGreaterThan(0)
})
