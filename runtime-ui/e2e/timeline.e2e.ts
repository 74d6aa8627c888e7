import type { APIRequestContext, Page } from '@playwright/test'
import { expect, expectAccessible, test } from '../../.ci/e2e.ts'
import { stockShelf } from './books.ts'

test.skip(({ locale }) => locale === 'en-US', 'these pages are walked in Chinese, on both sizes of screens')

test.beforeEach(({ page }) => page.addInitScript(() => localStorage.setItem('heddle.locale', 'zh-CN')))

/** A book of a shelf of its own. */
async function takeBook(api: APIRequestContext): Promise<{ id: string; title: string; word: string }> {
  const word = await stockShelf(api)
  const { items } = await (await api.get(`/api/records/x_book?search=${word}&sort=title`)).json()
  return { ...items[0], word }
}

/** Changes a book behind the back of whoever looks at it. */
async function change(api: APIRequestContext, id: string, data: object): Promise<void> {
  const answer = await api.patch(`/api/records/x_book/${id}`, { data, headers: { 'if-match': '*' } })
  expect(answer.status(), await answer.text()).toBe(200)
}

async function openTimeline(page: Page, id: string) {
  await page.goto(`/record/x_book/${id}?tab=timeline`)
  const entries = page.getByRole('list', { name: '动态' }).getByRole('listitem')
  await expect(entries.filter({ hasText: '创建了记录' })).toBeVisible()
  return entries
}

test('the timeline tells old and new values as soon as somebody saved them', async ({ page, request }) => {
  const { id } = await takeBook(request)
  const entries = await openTimeline(page, id)
  await change(request, id, { pages: 333, genre: 'novel' })
  await expect(entries.first()).toContainText('页数')
  await expect(entries.first()).toContainText('333')
  await expect(entries.first()).toContainText('散文→小说')
  await expectAccessible(page)
})

test('a comment mentions a colleague, survives a failure and is posted once', async ({ page, request }) => {
  const { id } = await takeBook(request)
  const entries = await openTimeline(page, id)
  const box = page.getByRole('combobox', { name: '评论' }).or(page.getByRole('textbox', { name: '评论' }))
  await box.pressSequentially('请 @王磊')
  await page
    .getByRole('option', { name: '王磊' })
    .or(page.getByRole('menuitem', { name: '王磊' }))
    .first()
    .click()
  await box.pressSequentially('看一下')
  await page.route('**/comments', (route) => route.abort())
  await page.getByRole('button', { name: '发表' }).click()
  await expect(page.getByText('评论没有发出，内容还在这里')).toBeVisible()
  await page.unroute('**/comments')
  await page.reload()
  await expect(box).toHaveValue('请 @王磊 看一下')
  await box.press('Control+Enter')
  await expect(entries.first()).toContainText('请 @王磊 看一下')
  await expect(box).toHaveValue('')
  const { items } = await (await request.get(`/api/records/x_book/${id}/comments`)).json()
  expect(items).toMatchObject([{ text: '请 @王磊 看一下', mentions: [{ name: '王磊' }] }])
})

test('what others save shows in a form without touching what is typed there', async ({ page, request, isMobile }) => {
  test.skip(isMobile, 'forms take others’ changes alike on all screens')
  const { id, word } = await takeBook(request)
  await page.goto(`/record/x_book/${id}`)
  const title = page.getByRole('textbox', { name: '书名' })
  await title.fill(`${word} 我的书名`)
  await change(request, id, { pages: 444 })
  await expect(page.getByRole('spinbutton', { name: '页数' }).or(page.getByLabel('页数'))).toHaveValue('444')
  await expect(title).toHaveValue(`${word} 我的书名`)
  await change(request, id, { title: `${word} 别人的书名` })
  await expect(page.getByText('刚刚也修改了书名')).toBeVisible()
  await expect(title).toHaveValue(`${word} 我的书名`)
  await page.getByRole('button', { name: '对比' }).click()
  await expectAccessible(page)
  await page.getByRole('radio', { name: '我的' }).check()
  await page.getByRole('button', { name: '按选择合并' }).click()
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('heading', { level: 1, name: `${word} 我的书名` })).toBeVisible()
  expect(await (await request.get(`/api/records/x_book/${id}`)).json()).toMatchObject({
    title: `${word} 我的书名`,
    pages: 444,
  })
})

test('a list shows what others add and change', async ({ page, request, isMobile }) => {
  test.skip(isMobile, 'lists are read again alike on all screens')
  const { id, word } = await takeBook(request)
  await page.goto(`/list/x_book?search=${word}`)
  await expect(page.getByText('共 3 条')).toBeVisible()
  await request.post('/api/records/x_book', { data: { title: `${word} 野草` } })
  await expect(page.getByText('共 4 条')).toBeVisible()
  await change(request, id, { title: `${word} 故事新编` })
  await expect(page.getByText(`${word} 故事新编`)).toBeVisible()
})
