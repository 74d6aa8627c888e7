import type { Page } from '@playwright/test'
import { test as base, expect, expectAccessible } from '../../.ci/e2e.ts'
import en from '../src/i18n/forms.en.json' with { type: 'json' }
import zhCN from '../src/i18n/forms.zh-CN.json' with { type: 'json' }
import { publishRecipes } from './recipes.ts'

/** Texts of the app in the language of the project. */
const test = base.extend<{ texts: typeof zhCN }>({
  texts: async ({ locale, page }, use) => {
    const isEnglish = locale?.startsWith('en')
    await page.addInitScript((chosen) => localStorage.setItem('heddle.locale', chosen), isEnglish ? 'en' : 'zh-CN')
    await use(isEnglish ? { ...zhCN, ...en } : zhCN)
  },
})

test.beforeEach(async ({ page }) => {
  page.on('dialog', (dialog) => void dialog.accept())
  await publishRecipes(page.request)
})

const fieldNamed = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
const uniqueName = (name: string) => `${name} ${crypto.randomUUID().slice(0, 8)}`

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).click()
  await page.keyboard.type(option)
  await page.keyboard.press('Enter')
}

/** Nothing is left to save. */
async function expectSaved(page: Page, texts: typeof zhCN): Promise<void> {
  await expect(page.getByRole('region', { name: texts.saveBar })).toBeHidden()
}

/** A saved recipe with one ingredient, made through the API. */
async function makeRecipe(page: Page, values: object = {}): Promise<{ id: string; version: number; title: string }> {
  const data = { title: uniqueName('鱼汤'), course: 'soup', ingredients: [{ name: '鱼', grams: 500 }], ...values }
  const answer = await page.request.post('/api/records/x_recipe', { data })
  expect(answer.status(), await answer.text()).toBe(201)
  return answer.json()
}

async function readRecipe(page: Page, id: string) {
  return (await page.request.get(`/api/records/x_recipe/${id}`)).json()
}

/** For tests in which no text of the app matters. */
const skipEnglish = () => test.skip(test.info().project.name === 'desktop en', 'one language is enough')

test('a record with lines is created from the keyboard', async ({ page, texts }) => {
  await page.goto('/create/x_recipe')
  const title = uniqueName('冬瓜汤')
  await fieldNamed(page, '名称').fill(title)
  await choose(page, '类别', '汤')
  await fieldNamed(page, '份数').fill('１2')
  await page.getByRole('button', { name: texts.lines.add }).click()
  await page.keyboard.type('冬瓜')
  await page.keyboard.press('Enter')
  await page.keyboard.type('0.1万')
  await page.keyboard.press('Enter')
  await page.keyboard.type('2026/3/5')
  await page.keyboard.press('Enter')
  await page.keyboard.type('盐')
  await page.keyboard.press('Enter')
  await page.keyboard.type('4.5')
  await page.keyboard.press('Control+s')
  await expect(page).toHaveURL(/\/record\/x_recipe\/[0-9a-f-]{36}/)
  const id = page.url().split('/').at(-1)?.split('?')[0] ?? ''
  expect(await readRecipe(page, id)).toMatchObject({
    title,
    course: 'soup',
    portions: 12,
    ingredients: [
      { name: '冬瓜', grams: 1000, bought_on: '2026-03-05' },
      { name: '盐', grams: 4.5 },
    ],
  })
})

test('what is missing is said in words, and the summary leads there', async ({ page, texts }) => {
  await page.goto('/create/x_recipe')
  await page.getByRole('button', { name: texts.lines.add }).click()
  await page.keyboard.type('盐')
  await page.getByRole('button', { name: texts.save, exact: true }).click()
  await expect(fieldNamed(page, '名称')).toBeFocused()
  const line = page.getByRole('button', { name: /克数.*1|1.*克数/ }).filter({ hasText: texts.faults.value_required })
  await line.click()
  await expect(page.locator('[id$="-ingredients-0-grams"]')).toBeFocused()
  await fieldNamed(page, '名称').fill('汤')
  await expect(page.locator('[id$="-title-fault"]')).toBeHidden()
  await expectAccessible(page)
})

test('a table pasted from a spreadsheet fills lines', async ({ page, texts, isMobile }) => {
  test.skip(isMobile, 'Phones have no spreadsheet to copy from.')
  skipEnglish()
  await page.goto('/create/x_recipe')
  await page.getByRole('button', { name: texts.lines.add }).click()
  const table = '面粉\t1,200.5\t2026-01-31\n水\t很多\t\n'
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text', text)
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    )
  }, table)
  const rows = page.getByRole('table', { name: '用料' }).locator('tbody').getByRole('row')
  await expect(rows).toHaveCount(2)
  await expect(rows.first()).toContainText('1,200.5')
  await page.getByRole('button', { name: texts.save, exact: true }).click()
  await expect(page.getByRole('button', { name: new RegExp(texts.faults.text_number.slice(0, 12)) })).toBeVisible()
})

test('unsaved work survives a reload and a server out of reach, and is gone once saved', async ({ page, texts }) => {
  skipEnglish()
  const recipe = await makeRecipe(page)
  await page.goto(`/record/x_recipe/${recipe.id}`)
  await fieldNamed(page, '名称').fill('改过的名称')
  await page.reload()
  await expect(fieldNamed(page, '名称')).toHaveValue('改过的名称')
  await expect(page.getByRole('button', { name: texts.discardDraft })).toBeVisible()
  await page.route(`**/api/records/x_recipe/${recipe.id}`, (route) => route.abort())
  await page.getByRole('button', { name: texts.save, exact: true }).click()
  await expect(page.getByText(texts.failure.network)).toBeVisible()
  await page.unroute(`**/api/records/x_recipe/${recipe.id}`)
  await page.getByRole('button', { name: texts.failure.retry }).click()
  await expectSaved(page, texts)
  expect(await readRecipe(page, recipe.id)).toMatchObject({ title: '改过的名称', version: recipe.version + 1 })
  await page.reload()
  await expect(fieldNamed(page, '名称')).toHaveValue('改过的名称')
  await expect(page.getByRole('button', { name: texts.discardDraft })).toBeHidden()
})

test('changes of others are merged, and asked about where both changed the same', async ({ page, texts }) => {
  const recipe = await makeRecipe(page)
  await page.goto(`/record/x_recipe/${recipe.id}`)
  await fieldNamed(page, '名称').fill('我的名称')
  const headers = { 'if-match': `"${recipe.version}"` }
  await page.request.patch(`/api/records/x_recipe/${recipe.id}`, { headers, data: { title: '他的名称', portions: 7 } })
  await page.getByRole('button', { name: texts.save, exact: true }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('他的名称')
  await expectAccessible(page)
  await dialog.getByRole('radio', { name: /我的名称/ }).check()
  await dialog.getByRole('button', { name: texts.conflict.take }).click()
  await expect(fieldNamed(page, '份数')).toHaveValue('7')
  await page.getByRole('button', { name: texts.save, exact: true }).click()
  await expectSaved(page, texts)
  expect(await readRecipe(page, recipe.id)).toMatchObject({ title: '我的名称', portions: 7 })
})

test('changes of others to other fields need no question', async ({ page, texts }) => {
  skipEnglish()
  const recipe = await makeRecipe(page)
  await page.goto(`/record/x_recipe/${recipe.id}`)
  await fieldNamed(page, '名称').fill('我的名称')
  const headers = { 'if-match': `"${recipe.version}"` }
  await page.request.patch(`/api/records/x_recipe/${recipe.id}`, { headers, data: { portions: 7 } })
  await page.getByRole('button', { name: texts.save, exact: true }).click()
  await expect(fieldNamed(page, '份数')).toHaveValue('7')
  expect(await readRecipe(page, recipe.id)).toMatchObject({ title: '我的名称', portions: 7 })
})

test('lines are changed, copied, moved and removed', async ({ page, texts }) => {
  skipEnglish()
  const recipe = await makeRecipe(page, {
    ingredients: [
      { name: '鱼', grams: 500 },
      { name: '姜', grams: 20 },
    ],
  })
  await page.goto(`/record/x_recipe/${recipe.id}`)
  await page.locator('[id$="-ingredients-1-grams"]').focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('25')
  await page.keyboard.press('Alt+ArrowUp')
  await page.getByRole('button', { name: texts.lines.copy.replace('{{number}}', '2') }).click()
  await page.getByRole('button', { name: texts.lines.remove.replace('{{number}}', '2') }).click()
  await page.getByRole('button', { name: texts.save, exact: true }).click()
  await expectSaved(page, texts)
  const { ingredients } = await readRecipe(page, recipe.id)
  expect(ingredients).toMatchObject([
    { name: '姜', grams: 25 },
    { name: '鱼', grams: 500 },
  ])
})

test('a lookup finds by typing and makes what it does not find', async ({ page, texts }) => {
  skipEnglish()
  const recipe = await makeRecipe(page)
  const name = uniqueName('王师傅')
  await page.goto(`/record/x_recipe/${recipe.id}`)
  await page.getByRole('combobox', { name: '作者', exact: true }).click()
  await page.keyboard.type(name)
  await page.getByRole('button', { name: new RegExp(name) }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('textbox', { name: '姓名', exact: true })).toHaveValue(name)
  await dialog.getByRole('button', { name: texts.save, exact: true }).click()
  await expect(dialog).toBeHidden()
  await page.getByRole('button', { name: texts.save, exact: true }).click()
  await expectSaved(page, texts)
  expect(await readRecipe(page, recipe.id)).toMatchObject({ _related: { maker: { label: name } } })
  await page.getByRole('button', { name: texts.widget.look.replace('{{title}}', '作者') }).click()
  await expect(page.getByRole('tooltip').getByRole('link', { name })).toBeVisible()
})

test('forms are accessible as they stand', async ({ page }) => {
  const recipe = await makeRecipe(page)
  await page.goto(`/record/x_recipe/${recipe.id}`)
  await expect(fieldNamed(page, '名称')).toHaveValue(recipe.title)
  await expectAccessible(page)
  await page.goto('/create/x_recipe')
  await expect(fieldNamed(page, '名称')).toBeVisible()
  await expectAccessible(page)
})
