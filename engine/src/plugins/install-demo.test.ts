import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeFiles } from '../testing/folders.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'
import { ensureDemo } from './install-demo.ts'

let folder: string
let product: TestProduct
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-'))
  product = await startTestProduct()
  await write('plugin.json', { name: 'tiny', version: '1.0.0', title: '小', requires: {} })
  await write('entities/thing.json', {
    title: '物',
    type: 'object',
    properties: { name: { title: '名', 'x-field': { type: 'text' } } },
  })
})
afterEach(async () => {
  await product.stop()
  await rm(folder, { recursive: true })
})

const write = (file: string, body: unknown) => writeFiles(join(folder, 'tiny'), { [file]: body })

function install() {
  const { sql } = product.database
  return ensureDemo({ database: sql, direct: sql }, product.live, {
    name: 'tiny',
    password: undefined,
    pluginsFolder: folder,
    dataDir: join(folder, 'data'),
  })
}

test('the password of the demo is kept before it holds, however the start goes on', async () => {
  await write('seed/people.json', { people: { first: { email: 'first@demo.example', name: '一' } } })
  const made = await install()
  const [email, password] = (await readFile(join(folder, 'data', 'first-sign-in.txt'), 'utf8')).split('  ')
  expect(email).toBe('first@demo.example')
  expect(password).toBe(made?.madePassword)
  const answer = await product.request('POST', '/api/auth/sign-in/email', { email, password })
  expect(answer.status).toBe(200)
})

test('processes that start at once install the demo once', async () => {
  await write('seed/people.json', { people: { first: { email: 'first@demo.example', name: '一' } } })
  const made = await Promise.all([install(), install(), install()])
  expect(made.filter((each) => each !== undefined)).toHaveLength(1)
  expect(product.live.release.number).toBe(1)
})

test('sample data that cannot be listed are no missing ones', async () => {
  await write('seed', {})
  await expect(install()).rejects.toThrow('ENOTDIR')
})

test('a plugin for another Heddle is refused', async () => {
  const manifest = { name: 'tiny', version: '1.0.0', title: '小' }
  await write('plugin.json', { ...manifest, requires: { heddle: '^2' } })
  await expect(install()).rejects.toThrow('“tiny” requires “heddle ^2”, but it would be version 1.0.0.')
  await write('plugin.json', { ...manifest, requires: { heddle: '^1' } })
  await expect(install()).resolves.toBeUndefined()
})
