import { expect, expectAccessible, test } from '../../.ci/e2e.ts'
import zhCN from '../src/i18n/forms.zh-CN.json' with { type: 'json' }
import { publishSpecimens } from './specimens.ts'

test.skip(({ locale, isMobile }) => isMobile || locale === 'en-US', 'the fields are the same everywhere')

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('heddle.locale', 'zh-CN'))
  await publishSpecimens(page.request)
})

test('every kind of value is entered the way people write it', async ({ page }) => {
  await page.goto('/create/x_specimen')
  const fill = async (label: string, text: string) => {
    await page.getByRole('textbox', { name: label, exact: true }).fill(text)
    await page.keyboard.press('Tab')
  }
  const pick = async (label: string, ...texts: string[]) => {
    await page.getByRole('combobox', { name: label, exact: true }).click()
    for (const text of texts) {
      await page.keyboard.type(text)
      await page.keyboard.press('Enter')
    }
    await page.keyboard.press('Tab')
  }
  const date = async (name: string, text: string) => {
    await page.locator(`input[id$="-${name}"]`).fill(text)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
  }
  await fill('名称', '样品一')
  await fill('说明', '第一行\n第二行')
  await fill('邮箱', 'Someone@Example.COM')
  await fill('电话', '0543 330 0001')
  await fill('网站', 'https://heddle.example/a')
  await fill('件数', '1,200')
  await fill('比率', '12.5%')
  await fill('价格', '3.5万')
  await fill('克重', '5 oz/yd2')
  await page.getByRole('radio', { name: '是' }).check()
  await date('found_on', '2026/3/5')
  await date('called_at', '2026-03-05 09:30')
  await date('opens_at', '08:30')
  await fill('时长', '1天2小时')
  await pick(zhCN.widget.lunarMonth.replace('{{title}}', '节日'), '六月')
  await pick(zhCN.widget.lunarDay.replace('{{title}}', '节日'), '廿三')
  await pick('标记', '甲', '乙')
  await pick('词语', '急', '出口')
  await pick('地区', '码头')
  await fill(`地址 ${zhCN.widget.street}`, '渤海路 1 号')
  await fill('位置', '37.38, 117.97')
  await page.getByRole('button', { name: '4 / 5' }).click()
  await fill('条码', '690 1234 56789 2')
  await fill('扩展', '{"a": [1, null]}')
  await fill('支数', '40')
  await pick('捻向', 'Z')
  await page.getByRole('button', { name: zhCN.widget.addPart }).click()
  await page.keyboard.type('棉')
  await page.keyboard.press('Enter')
  const share = page.getByRole('textbox', { name: zhCN.widget.share.replace('{{title}}', '成分') })
  await share.first().fill('65')
  await page.keyboard.press('Enter')
  await page.keyboard.type('羊毛')
  await page.keyboard.press('Enter')
  await share.last().press('=')
  await page.keyboard.press('Control+s')
  await expect(page).toHaveURL(/\/record\/x_specimen\//)
  const id = page.url().split('/').at(-1)?.split('?')[0]
  const saved = await (await page.request.get(`/api/records/x_specimen/${id}`)).json()
  expect(saved).toMatchObject({
    name: '样品一',
    story: '第一行\n第二行',
    mail: 'someone@example.com',
    phone: '05433300001',
    site: 'https://heddle.example/a',
    pieces: 1200,
    ratio: 12.5,
    price: 35_000,
    weight: 169.5,
    genuine: true,
    found_on: '2026-03-05',
    opens_at: '08:30:00',
    lasts: 'P1DT2H',
    feast: { month: 6, day: 23, leap: false },
    marks: ['a', 'b'],
    words: ['急', '出口'],
    region: 'quay',
    place: { text: '渤海路 1 号' },
    spot: { lat: 37.38, lng: 117.97 },
    stars: 4,
    code: '6901234567892',
    extra: { a: [1, null] },
    yarn: { size: 40, twist: 'z' },
    parts: [
      { part: 'cotton', share: 65 },
      { part: 'wool', share: 35 },
    ],
  })
  expect(Date.parse(saved.called_at)).toBe(Date.parse('2026-03-05T09:30:00+08:00'))
  await expectAccessible(page)
})
