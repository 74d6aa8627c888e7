import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge']
const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** The Chromium to test with: CHROMIUM_PATH, Playwright's own, or one installed on the system; undefined without any. */
export function findChromium() {
  const given = process.env.CHROMIUM_PATH
  if (given !== undefined && given !== '') {
    if (existsSync(given)) return given
    throw new Error(`CHROMIUM_PATH: there is no file “${given}”. Example: CHROMIUM_PATH=/usr/bin/chromium`)
  }
  const folders = (process.env.PATH ?? '').split(delimiter)
  const installed = folders.flatMap((folder) => names.map((name) => join(folder, name)))
  return [chromium.executablePath(), ...installed, ...applications].find((path) => path !== '' && existsSync(path))
}

/** The Chromium to test with; Playwright's own is downloaded when there is none. @throws Error when that fails too */
export function requireChromium() {
  const found = findChromium()
  if (found !== undefined) return found
  console.log('There is no Chromium; trying to install Playwright’s.')
  spawnSync('npx', ['playwright', 'install', 'chromium'], { stdio: ['ignore', 'inherit', 'inherit'], timeout: 300_000 })
  const installed = findChromium()
  if (installed !== undefined) return installed
  throw new Error('The browser tests need Chromium: install it, or set CHROMIUM_PATH=/path/to/chromium.')
}
