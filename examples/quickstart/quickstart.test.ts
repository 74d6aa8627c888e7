import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../engine/src/testing/database.ts'
import { createTestFolders } from '../../engine/src/testing/folders.ts'
import { type HeddleProcess, spawnHeddle } from '../../engine/src/testing/heddle-process.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const root = join(here, '../..')
const folders = createTestFolders()
const runFile = promisify(execFile)
let database: TestDatabase
let product: HeddleProcess

beforeAll(async () => {
  database = await createTestDatabase()
  await heddle('apply', join(root, 'plugins/textile'))
  product = spawnHeddle(['start'], environment())
}, 120_000)
afterAll(async () => {
  await product.stop()
  await database.drop()
  await folders.remove()
})

const environment = () => ({ DATABASE_URL: database.url, HEDDLE_SECRET_KEY: 'a secret that is long enough for tests' })

async function heddle(...parameters: string[]): Promise<string> {
  const command = spawnHeddle(parameters, environment())
  expect(await command.ended, command.output()).toBe(0)
  return command.output().trim()
}

test('the types are those of what is live', async () => {
  const file = join(await folders.make(), 'entities.ts')
  await heddle('types', file, '--entity', 'account')
  const committed = await readFile(join(here, 'src/generated/entities.ts'), 'utf8')
  expect(committed, 'run “npm run types” in examples/quickstart').toBe(await readFile(file, 'utf8'))
})

test('the program creates, lists and changes a record', async () => {
  const environment = {
    ...process.env,
    HEDDLE_URL: await product.url,
    HEDDLE_API_KEY: await heddle('api-key', 'create', '--role', 'admin'),
  }
  const { stdout } = await runFile('npm', ['start', '--silent'], { cwd: here, env: environment })
  expect(stdout).toMatch(
    /^Created “(Quickstart .+)”: none, version 1\.\nThe newest of 1 is “\1”\.\nNow it is trial, version 2\.\n$/,
  )
})

test('the README shows the program as it is', async () => {
  const [readme, program] = await Promise.all(
    ['README.md', 'src/main.ts'].map((file) => readFile(join(here, file), 'utf8')),
  )
  expect(readme).toContain(`\`\`\`ts\n${program}\`\`\`\n`)
})
