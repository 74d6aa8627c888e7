// Runs every test, unit tests and browser tests, and ends with the plain line “N passed, N failed”: `npm test`.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from '../engine/bin/build.mjs'
import { requireChromium } from './find-chromium.mjs'
import { countOf, sumOf } from './test-counts.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const reports = mkdtempSync(join(tmpdir(), 'heddle-reports-'))
const suites = [
  {
    command: [
      'vitest',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${join(reports, 'unit.json')}`,
    ],
    report: 'unit.json',
  },
  { command: ['playwright', 'test', '--reporter=list,json'], report: 'e2e.json' },
]

try {
  const chromium = requireChromium()
  await build()
  const sum = sumOf(suites.map((suite) => runSuite(suite, chromium)))
  console.log(`${sum.passed} passed, ${sum.failed} failed`)
  process.exitCode = sum.failed === 0 && sum.passed > 0 ? 0 : 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  console.log('0 passed, 1 failed')
  process.exitCode = 1
} finally {
  rmSync(reports, { recursive: true, force: true })
}

function runSuite({ command: [tool, ...parameters], report }, chromium) {
  const { status } = spawnSync(join(root, 'node_modules/.bin', tool), parameters, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: join(reports, report) },
  })
  return countOf(readReport(join(reports, report)), status)
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
