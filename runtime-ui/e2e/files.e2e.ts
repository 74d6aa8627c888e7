import { Buffer } from 'node:buffer'
import { expect, expectAccessible, test } from '../../.ci/e2e.ts'
import { publishSpecimens } from './specimens.ts'

test.skip(({ locale }) => locale === 'en-US', 'these pages are walked in Chinese, on both sizes of screens')

test.beforeEach(({ page }) => page.addInitScript(() => localStorage.setItem('heddle.locale', 'zh-CN')))

/** A picture of one pixel. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)
const picture = (name: string) => ({ name, mimeType: 'image/png', buffer: pixel })

test('files are uploaded, kept with the record, shown by name and taken away again', async ({ page, request }) => {
  await publishSpecimens(request)
  const made = await (await request.post('/api/records/x_specimen', { data: { name: '带照片的标本' } })).json()
  await page.goto(`/record/x_specimen/${made.id}`)
  const chosen = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: '选择文件 照片' }).click()
  await (await chosen).setFiles([picture('正面 图.png'), picture('反面.png')])
  await expect(page.getByRole('link', { name: '正面 图.png' })).toBeVisible()
  await expect(page.getByRole('link', { name: '反面.png' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('region', { name: '保存修改' })).toBeHidden()
  const saved = await (await request.get(`/api/records/x_specimen/${made.id}`)).json()
  expect(saved.pictures).toHaveLength(2)
  await page.reload()
  await expect(page.getByRole('link', { name: '反面.png' })).toBeVisible()
  await page.getByRole('button', { name: '移除 反面.png' }).click()
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('region', { name: '保存修改' })).toBeHidden()
  expect((await (await request.get(`/api/records/x_specimen/${made.id}`)).json()).pictures).toHaveLength(1)
})

test('a file is dropped, told when it cannot be sent, and sent again', async ({ page, request, isMobile }) => {
  test.skip(isMobile, 'nothing is dragged on a phone')
  await publishSpecimens(request)
  await page.goto('/create/x_specimen')
  await page.route('**/api/files', (route) => route.abort())
  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer()
    data.items.add(new File(['certificate'], '证书.txt', { type: 'text/plain' }))
    return data
  })
  await page.getByRole('button', { name: '选择文件 证书' }).dispatchEvent('drop', { dataTransfer: transfer })
  await expect(page.getByText('没有上传：连不上服务器')).toBeVisible()
  await page.unroute('**/api/files')
  await page.getByRole('button', { name: '重新上传 证书.txt' }).click()
  const link = page.getByRole('link', { name: '证书.txt' })
  await expect(link).toBeVisible()
  const downloading = page.waitForEvent('download')
  await link.click()
  expect((await downloading).suggestedFilename()).toBe('证书.txt')
})
