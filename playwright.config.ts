import { defineConfig } from '@playwright/test'
import { findChromium } from './.ci/find-chromium.mjs'

const desktop = { viewport: { width: 1280, height: 800 } }
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }

export default defineConfig({
  testDir: '.',
  testMatch: ['runtime-ui/e2e/*.e2e.ts', 'designer/e2e/*.e2e.ts'],
  globalSetup: './.ci/e2e-setup.ts',
  fullyParallel: true,
  forbidOnly: process.env.CI !== undefined,
  workers: 2,
  timeout: 60_000,
  // A machine that others use as well answers late, which is no fault of the product.
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: findChromium(),
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'desktop zh', use: { ...desktop, locale: 'zh-CN' } },
    { name: 'desktop en', use: { ...desktop, locale: 'en-US' } },
    { name: 'phone', use: { ...phone, locale: 'zh-CN' } },
  ],
})
