import { AxeBuilder } from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'

/** Who the product under test was set up with. */
export const administrator = { email: 'admin@heddle.example', password: 'an administrator of tests' }

/** The password of every person of the demo. */
export const demoPassword = 'everybody of the demo'

/** Nobody: `test.use({ storageState: signedOut })`. */
export const signedOut = { cookies: [], origins: [] }

/** A browser test on the running product, signed in as administrator unless it says otherwise. */
export const test = base.extend({
  baseURL: async ({ browserName: _ }, use) => use(process.env.HEDDLE_E2E_URL),
  storageState: async ({ browserName: _ }, use) => use(process.env.HEDDLE_E2E_STATE),
})

/** Fails with every serious hindrance that axe finds on the page. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, help, nodes }) => `${id}: ${help} (${nodes[0]?.html})`)).toEqual([])
}

export { expect }
