import { expect, expectAccessible, test } from '../../.ci/e2e.ts'
import { stockShelf } from './books.ts'

test.skip(({ locale }) => locale === 'en-US', 'these pages are walked in Chinese, on both sizes of screens')

test.beforeEach(({ page }) => page.addInitScript(() => localStorage.setItem('heddle.locale', 'zh-CN')))

test.describe('a list', () => {
  test.skip(({ isMobile }) => isMobile, 'phones show cards')

  test('is searched as one types, and says when nothing is found', async ({ page, request }) => {
    const word = await stockShelf(request)
    await page.goto('/list/x_book')
    await page.getByRole('textbox', { name: '搜索图书' }).fill(word)
    await expect(page.getByText('共 3 条')).toBeVisible()
    await expect(page.getByRole('gridcell', { name: `${word} 呐喊`, exact: true })).toBeVisible()
    await page.getByRole('textbox', { name: '搜索图书' }).fill(`${word}x`)
    await expect(page.getByText('没有符合条件的图书')).toBeVisible()
    await page.getByRole('button', { name: '清除条件' }).click()
    await expect(page.getByRole('textbox', { name: '搜索图书' })).toHaveValue('')
  })

  test('leaves what is being typed alone while its beginning is searched for', async ({ page, request }) => {
    const word = await stockShelf(request)
    await page.goto('/list/x_book')
    const box = page.getByRole('textbox', { name: '搜索图书' })
    await box.pressSequentially(`${word} `)
    await expect(page).toHaveURL(new RegExp(`search=${word}$`))
    await expect(page.getByText('共 3 条')).toBeVisible()
    await box.pressSequentially('呐喊')
    await expect(box).toHaveValue(`${word} 呐喊`)
    await expect(page.getByText('共 1 条')).toBeVisible()
  })

  test('is walked with the arrows while the panel follows; Enter opens', async ({ page, request }) => {
    const word = await stockShelf(request)
    await page.goto(`/list/x_book?search=${word}&sort=title`)
    await page.getByRole('gridcell', { name: `${word} 呐喊`, exact: true }).click()
    const panel = page.getByRole('complementary', { name: '快速查看' })
    await expect(panel.getByRole('heading', { name: `${word} 呐喊` })).toBeVisible()
    await page.getByRole('grid').focus()
    await page.keyboard.press('ArrowUp')
    await expect(panel.getByRole('heading', { name: `${word} 彷徨` })).toBeVisible()
    await expectAccessible(page)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: `${word} 彷徨` })).toBeVisible()
  })

  test('keeps columns and order with the person', async ({ page, request }) => {
    const word = await stockShelf(request)
    await page.goto(`/list/x_book?search=${word}`)
    const titles = page.getByRole('columnheader')
    await page.getByRole('button', { name: '列', exact: true }).click()
    const saved = page.waitForResponse((answer) => answer.request().method() === 'PUT')
    await page.getByRole('checkbox', { name: '出版日期' }).check()
    await saved
    await page.keyboard.press('Escape')
    await expect(titles.filter({ hasText: '出版日期' })).toBeVisible()
    await page.reload()
    await expect(titles.filter({ hasText: '出版日期' })).toBeVisible()
    await page.getByRole('button', { name: '列', exact: true }).click()
    await page.getByRole('button', { name: '恢复默认' }).click()
    await expect(titles.filter({ hasText: '出版日期' })).toHaveCount(0)
  })

  test('is sorted by a click on a title', async ({ page, request }) => {
    const word = await stockShelf(request)
    await page.goto(`/list/x_book?search=${word}&sort=title`)
    const first = page.getByRole('row').nth(1)
    await page.getByRole('button', { name: '页数' }).click()
    await expect(first).toContainText('彷徨')
    await page.getByRole('button', { name: '页数' }).click()
    await expect(first).toContainText('朝花夕拾')
    expect(new URL(page.url()).searchParams.get('sort')).toBe('pages')
  })

  test('groups its records as the view says', async ({ page, request }) => {
    const word = await stockShelf(request)
    await page.goto(`/list/x_book?search=${word}`)
    await page.getByRole('tab', { name: '按体裁' }).click()
    await expect(page.getByRole('row', { name: '体裁 散文' })).toBeVisible()
    await expect(page.getByRole('row', { name: '体裁 小说' })).toBeVisible()
  })

  test('deletes what is ticked, and undoes it', async ({ page, request }) => {
    const word = await stockShelf(request)
    await page.goto(`/list/x_book?search=${word}`)
    await page.getByRole('checkbox', { name: `选择 ${word} 呐喊` }).check()
    await page.getByRole('toolbar').getByRole('button', { name: '删除' }).click()
    await expect(page.getByText('共 2 条')).toBeVisible()
    await page.getByRole('button', { name: '撤销' }).click()
    await expect(page.getByText('共 3 条')).toBeVisible()
  })

  test('takes conditions from the builder into its address', async ({ page, request }) => {
    const word = await stockShelf(request)
    await page.goto(`/list/x_book?search=${word}`)
    await page.getByRole('button', { name: '筛选' }).click()
    await page.getByRole('combobox', { name: '字段' }).fill('页数')
    await page.keyboard.press('Enter')
    await page.getByRole('spinbutton', { name: '页数' }).fill('180')
    await page.getByRole('button', { name: '应用' }).click()
    await expect(page.getByRole('region', { name: '筛选' })).toContainText('页数 等于 180')
    expect(JSON.parse(new URL(page.url()).searchParams.get('filter') ?? '')).toEqual({ all: [['pages', '=', 180]] })
    await page.getByRole('button', { name: '移除条件' }).click()
    expect(new URL(page.url()).searchParams.get('filter')).toBeNull()
  })

  test('says of a condition that it cannot be applied', async ({ page, request }) => {
    const word = await stockShelf(request)
    const filter = JSON.stringify({ all: [['gone', '=', 'x']] })
    await page.goto(`/list/x_book?search=${word}&filter=${encodeURIComponent(filter)}`)
    const chips = page.getByRole('region', { name: '筛选' })
    await expect(chips).toContainText('字段 gone 不存在或您无权查看，未应用')
    await expect(page.getByText('共 3 条')).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('button', { name: '移除条件' }).click()
    await expect(chips).toHaveCount(0)
  })
})

test('a phone shows cards and opens the tapped one', async ({ page, request, isMobile }) => {
  test.skip(!isMobile, 'wide screens show a grid')
  const word = await stockShelf(request)
  await page.goto(`/list/x_book?search=${word}`)
  await expect(page.getByText('共 3 条')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: `${word} 呐喊` }).click()
  await expect(page.getByRole('heading', { level: 1, name: `${word} 呐喊` })).toBeVisible()
})
