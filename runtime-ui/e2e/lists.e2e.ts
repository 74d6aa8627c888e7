import { expect, expectAccessible } from '../../.ci/e2e.ts'
import { stockShelf } from './books.ts'
import { filled, test } from './texts.ts'

/** For what is kept with the person, whom both languages share. */
const skipEnglish = () => test.skip(test.info().project.name === 'desktop en', 'one person, one order of columns')

test.describe('a list', () => {
  test.skip(({ isMobile }) => isMobile, 'phones show cards')

  test('is searched as one types, and says when nothing is found', async ({ page, request, texts }) => {
    const word = await stockShelf(request)
    await page.goto('/list/x_book')
    await page.getByRole('textbox', { name: filled(texts.list.search, { entity: '图书' }) }).fill(word)
    await expect(page.getByText(filled(texts.list.total_other, { count: 3 }))).toBeVisible()
    await expect(page.getByRole('gridcell', { name: `${word} 呐喊`, exact: true })).toBeVisible()
    await page.getByRole('textbox', { name: filled(texts.list.search, { entity: '图书' }) }).fill(`${word}x`)
    await expect(page.getByText(filled(texts.list.emptyFiltered, { entity: '图书' }))).toBeVisible()
    await page.getByRole('button', { name: texts.list.clear }).click()
    await expect(page.getByRole('textbox', { name: filled(texts.list.search, { entity: '图书' }) })).toHaveValue('')
  })

  test('leaves what is being typed alone while its beginning is searched for', async ({ page, request, texts }) => {
    const word = await stockShelf(request)
    await page.goto('/list/x_book')
    const box = page.getByRole('textbox', { name: filled(texts.list.search, { entity: '图书' }) })
    await box.pressSequentially(`${word} `)
    await expect(page).toHaveURL(new RegExp(`search=${word}$`))
    await expect(page.getByText(filled(texts.list.total_other, { count: 3 }))).toBeVisible()
    await box.pressSequentially('呐喊')
    await expect(box).toHaveValue(`${word} 呐喊`)
    await expect(page.getByRole('gridcell', { name: `${word} 彷徨`, exact: true })).toHaveCount(0)
  })

  test('is walked with the arrows while the panel follows; Enter opens', async ({ page, request, texts }) => {
    const word = await stockShelf(request)
    await page.goto(`/list/x_book?search=${word}&sort=title`)
    await page.getByRole('gridcell', { name: `${word} 呐喊`, exact: true }).click()
    const panel = page.getByRole('complementary', { name: texts.list.peek })
    await expect(panel.getByRole('heading', { name: `${word} 呐喊` })).toBeVisible()
    await page.getByRole('grid').focus()
    await page.keyboard.press('ArrowUp')
    await expect(panel.getByRole('heading', { name: `${word} 彷徨` })).toBeVisible()
    await expectAccessible(page)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: `${word} 彷徨` })).toBeVisible()
  })

  test('keeps columns and order with the person', async ({ page, request, texts }) => {
    skipEnglish()
    const word = await stockShelf(request)
    await page.goto(`/list/x_book?search=${word}`)
    const titles = page.getByRole('columnheader')
    await page.getByRole('button', { name: texts.list.columns, exact: true }).click()
    const saved = page.waitForResponse((answer) => answer.request().method() === 'PUT')
    // The ticked box moves up to the shown columns, away from the one that was clicked.
    await page.getByRole('checkbox', { name: '出版日期' }).click()
    await saved
    await expect(page.getByRole('checkbox', { name: '出版日期' })).toBeChecked()
    await page.keyboard.press('Escape')
    await expect(titles.filter({ hasText: '出版日期' })).toBeVisible()
    await page.reload()
    await expect(titles.filter({ hasText: '出版日期' })).toBeVisible()
    await page.getByRole('button', { name: texts.list.columns, exact: true }).click()
    await page.getByRole('button', { name: texts.common.reset }).click()
    await expect(titles.filter({ hasText: '出版日期' })).toHaveCount(0)
  })

  test('is sorted by a click on a title', async ({ page, request }) => {
    skipEnglish()
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

  test('deletes what is ticked, and undoes it', async ({ page, request, texts }) => {
    const word = await stockShelf(request)
    await page.goto(`/list/x_book?search=${word}`)
    await page.getByRole('checkbox', { name: filled(texts.list.select, { label: `${word} 呐喊` }) }).check()
    await page.getByRole('toolbar').getByRole('button', { name: texts.list.delete }).click()
    await expect(page.getByText(filled(texts.list.total_other, { count: 2 }))).toBeVisible()
    await page.getByRole('button', { name: texts.common.undo }).click()
    await expect(page.getByText(filled(texts.list.total_other, { count: 3 }))).toBeVisible()
  })

  test('takes conditions from the builder into its address', async ({ page, request, texts }) => {
    const word = await stockShelf(request)
    await page.goto(`/list/x_book?search=${word}`)
    await page.getByRole('button', { name: texts.filter.title, exact: true }).click()
    await page.getByRole('combobox', { name: texts.filter.field }).fill('页数')
    await page.keyboard.press('Enter')
    await page.getByRole('spinbutton', { name: '页数' }).fill('180')
    await page.getByRole('button', { name: texts.common.apply }).click()
    await expect(page.getByRole('region', { name: texts.filter.title })).toContainText(
      `页数 ${texts.operator['=']} 180`,
    )
    expect(JSON.parse(new URL(page.url()).searchParams.get('filter') ?? '')).toEqual({ all: [['pages', '=', 180]] })
    await page.getByRole('button', { name: texts.filter.remove }).click()
    expect(new URL(page.url()).searchParams.get('filter')).toBeNull()
  })

  test('says of a condition that it cannot be applied', async ({ page, request, texts }) => {
    const word = await stockShelf(request)
    const filter = JSON.stringify({ all: [['gone', '=', 'x']] })
    await page.goto(`/list/x_book?search=${word}&filter=${encodeURIComponent(filter)}`)
    const chips = page.getByRole('region', { name: texts.filter.title })
    await expect(chips).toContainText(filled(texts.filter.notApplied.field, { field: 'gone' }))
    await expect(page.getByText(filled(texts.list.total_other, { count: 3 }))).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('button', { name: texts.filter.remove }).click()
    await expect(chips).toHaveCount(0)
  })
})

test('a phone shows cards and opens the tapped one', async ({ page, request, isMobile, texts }) => {
  test.skip(!isMobile, 'wide screens show a grid')
  const word = await stockShelf(request)
  await page.goto(`/list/x_book?search=${word}`)
  await expect(page.getByText(filled(texts.list.total_other, { count: 3 }))).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: `${word} 呐喊` }).click()
  await expect(page.getByRole('heading', { level: 1, name: `${word} 呐喊` })).toBeVisible()
})
