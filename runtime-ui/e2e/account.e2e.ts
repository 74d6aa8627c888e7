import type { Page } from '@playwright/test'
import { expect, expectAccessible, signedOut } from '../../.ci/e2e.ts'
import { test } from './texts.ts'
import { codeOf } from './totp.ts'

type Texts = Parameters<Parameters<typeof test>[2]>[0]['texts']

async function signIn(page: Page, texts: Texts, person: { email: string; password: string }): Promise<void> {
  await page.goto('/sign-in?to=/me')
  await page.getByLabel(texts.signIn.email).fill(person.email)
  await page.getByLabel(texts.signIn.password, { exact: true }).fill(person.password)
  await page.getByRole('button', { name: texts.signIn.submit }).click()
}

async function fillCode(page: Page, label: string, code: string, submit: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(code)
  await page.getByRole('button', { name: submit, exact: true }).click()
}

test('a person changes the password, ends other sessions and turns two-step sign-in on', async ({
  browser,
  request,
  baseURL,
  texts,
  isMobile,
}) => {
  const { account } = texts
  const person = { email: `${crypto.randomUUID()}@heddle.example`, password: 'a password before the other' }
  expect((await request.post('/api/users', { data: { ...person, name: '本人', roles: [] } })).status()).toBe(201)
  const context = await browser.newContext({
    baseURL: baseURL ?? '',
    storageState: signedOut,
    viewport: isMobile ? { width: 390, height: 844 } : { width: 1280, height: 800 },
  })
  const page = await context.newPage()
  const locale = test.info().project.use.locale === 'en-US' ? 'en' : 'zh-CN'
  await page.addInitScript((chosen) => localStorage.setItem('heddle.locale', chosen), locale)
  await context.request.post('/api/auth/sign-in/email', { data: person, headers: { origin: baseURL ?? '' } })
  await context.clearCookies()
  await signIn(page, texts, person)

  await expect(page.getByRole('button', { name: account.sessions.endOthers })).toBeVisible()
  await expect(page.getByText(account.sessions.current)).toHaveCount(1)
  await page.getByRole('button', { name: account.password.change }).click()
  await page.getByLabel(account.password.current, { exact: true }).fill('not the password')
  await page.getByLabel(account.password.next, { exact: true }).fill('a password after the other')
  await expectAccessible(page)
  await page.getByRole('button', { name: account.password.change }).click()
  await expect(page.getByText(account.fault.passwordWrong)).toBeVisible()
  await page.getByLabel(account.password.current, { exact: true }).fill(person.password)
  await page.getByRole('button', { name: account.password.change }).click()
  await expect(page.getByText(account.password.changed)).toBeVisible()
  await expect(page.getByRole('button', { name: account.sessions.endOthers })).toHaveCount(0)
  person.password = 'a password after the other'

  await page.getByRole('button', { name: account.twoFactor.turnOn, exact: true }).click()
  await fillCode(page, account.password.current, person.password, account.twoFactor.next)
  await expect(page.getByRole('img', { name: account.twoFactor.qr })).toBeVisible()
  await expectAccessible(page)
  const secret = (await page.locator('.heddle-account-secret').textContent()) ?? ''
  await fillCode(page, account.twoFactor.code, codeOf(secret), account.twoFactor.confirm)
  await expect(page.getByText(account.twoFactor.keep)).toBeVisible()
  await expectAccessible(page)
  const backupCode = (await page.locator('.heddle-account-codes li').first().textContent()) ?? ''
  const width = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(width).toBeLessThanOrEqual(0)
  await page.getByRole('button', { name: account.twoFactor.kept }).click()
  await expect(page.getByText(account.twoFactor.on)).toBeVisible()

  await context.clearCookies()
  await signIn(page, texts, person)
  await expect(page.getByRole('heading', { name: account.signIn.codeTitle })).toBeVisible()
  await expectAccessible(page)
  await fillCode(page, account.twoFactor.code, '000000', texts.signIn.submit)
  await expect(page.getByText(account.fault.codeWrong)).toBeVisible()
  await page.getByRole('button', { name: account.signIn.useBackup }).click()
  await fillCode(page, account.signIn.backup, backupCode, texts.signIn.submit)
  await expect(page).toHaveURL(/\/me$/)

  await page.getByRole('button', { name: account.twoFactor.turnOff, exact: true }).click()
  await fillCode(page, account.password.current, person.password, account.twoFactor.turnOff)
  await expect(page.getByText(account.twoFactor.off)).toBeVisible()
  await context.close()
})
