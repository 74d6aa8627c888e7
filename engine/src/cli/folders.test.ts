import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { asObject, type JsonObject } from '@heddle/metadata'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { library } from '../testing/definitions.ts'
import { createTestFolders, readFiles, writeFiles } from '../testing/folders.ts'
import { type HeddleProcess, spawnHeddle } from '../testing/heddle-process.ts'

const folders = createTestFolders()
let database: TestDatabase
let product: HeddleProcess
let pluginFolder: string
let siteFolder: string

const field = (title: string): JsonObject => ({ title, 'x-field': { type: 'text' } })
const manifest = { name: 'library', version: '1.0.0', title: '图书' }
const settings = { company: { name: '图书馆' } }

beforeAll(async () => {
  database = await createTestDatabase()
  pluginFolder = await folders.make({
    'plugin.json': manifest,
    'settings/site.json': settings,
    ...Object.fromEntries(
      Object.entries(library).map(([address, body]) => [`${address.replace('entity', 'entities')}.json`, body]),
    ),
  })
  siteFolder = await folders.make({
    'plugins.json': { library: '1.0.0' },
    'entities/x_note.json': { title: '笔记', properties: { text: field('内容') } },
    'overrides/settings/site.json': { '/company/name': { base: '图书馆', value: '我们的图书馆' } },
    'overrides/entity/author.json': { '/properties/x_born': { value: field('出生地'), after: 'name' } },
  })
  product = spawnHeddle(['start'], environment())
  await product.url
})
afterAll(async () => {
  await product.stop()
  await database.drop()
  await folders.remove()
})

const environment = () => ({ DATABASE_URL: database.url, HEDDLE_SECRET_KEY: 'a secret that is long enough for tests' })

async function run(...parameters: string[]) {
  const command = spawnHeddle(parameters, environment())
  const code = await command.ended
  const complaints = command.complaints()
  return { code, complaints, output: command.output() }
}

async function runForMachines(...parameters: string[]) {
  const { code, complaints, output } = await run(...parameters, '--json')
  return { code, answer: JSON.parse(complaints === '' ? output : complaints) }
}

async function publicName(): Promise<unknown> {
  const answer = await fetch(`${await product.url}/api/settings/public`)
  return asObject(await answer.json()).name
}

test('a plan is shown and changes nothing', async () => {
  const { code, output } = await run('plan', pluginFolder)
  expect(code, output).toBe(0)
  expect(output).toMatch(/^Changes\n {2}\+ entity\/article\n/)
  expect(output).toContain('Create the table of “文章” with')
  const { answer } = await runForMachines('plan', pluginFolder)
  expect(answer).toMatchObject({ release: 0, findings: [], planHash: expect.any(String) })
})

test('a site without its plugins is refused', async () => {
  const { code, answer } = await runForMachines('apply', siteFolder)
  expect(code).toBe(1)
  expect(answer).toMatchObject({ code: 'plugin.required', required: 'library' })
})

test('what is applied is live in the running product, without a restart', async () => {
  expect(await publicName()).toBe('Heddle')
  const plugin = await run('apply', pluginFolder)
  expect(plugin.code, plugin.output).toBe(0)
  expect(plugin.output).toMatch(/Release 1 is live\.\n$/)
  await vi.waitFor(async () => expect(await publicName()).toBe('图书馆'), 5000)
  const site = await runForMachines('apply', siteFolder)
  expect(site).toEqual({ code: 0, answer: { release: 2, changed: true, findings: [] } })
  await vi.waitFor(async () => expect(await publicName()).toBe('我们的图书馆'), 5000)
})

test('applying what is live already makes no release', async () => {
  expect(await runForMachines('apply', siteFolder)).toEqual({
    code: 0,
    answer: { release: 2, changed: false, findings: [] },
  })
  expect((await run('plan', siteFolder, '--prune')).output).toBe('Nothing changes.\n')
})

test('an export holds the site’s layer and the versions of its plugins, and replaces an earlier one', async () => {
  const folder = await folders.make({ 'plugins.json': {}, 'views/x_old.json': {}, 'README.md': 'kept' })
  const { code, answer } = await runForMachines('export', folder)
  expect(code).toBe(0)
  expect(answer.files).toContain('overrides/entity/author.json')
  expect(await readFiles(folder)).toEqual({
    'README.md': 'kept',
    'plugins.json': '{\n  "library": "1.0.0"\n}\n',
    'entities/x_note.json': `{
  "title": "笔记",
  "properties": { "text": { "title": "内容", "x-field": { "type": "text" } } }
}
`,
    'overrides/settings/site.json': '{\n  "/company/name": { "base": "图书馆", "value": "我们的图书馆" }\n}\n',
    'overrides/entity/author.json': `{
  "/properties/x_born": { "value": { "title": "出生地", "x-field": { "type": "text" } }, "after": "name" }
}
`,
  })
})

test('an export spares a folder with other files', async () => {
  const { code, complaints } = await run('export', pluginFolder)
  expect(code).toBe(1)
  expect(complaints).toContain('holds other files')
})

test('types tell of each entity what is created, patched and read', async () => {
  const file = join(await folders.make(), 'generated', 'entities.ts')
  const { code, answer } = await runForMachines('types', file)
  expect(code).toBe(0)
  expect(answer).toEqual({ file, release: 2, entities: ['article', 'author', 'section', 'x_note'] })
  const text = await readFile(file, 'utf8')
  expect(text).toMatch(/^\/\/ Made by “npx heddle types”/)
  expect(text).toContain(`export interface AuthorCreate {
  owner_id?: string | null
  name: string
  x_born?: string | null
}`)
  expect(text).toContain("kind: 'essay' | 'report'")
  expect(text).toMatch(/export interface AuthorPatch {\n {2}owner_id\?: string \| null\n {2}name\?: string\n/)
  expect(text).toMatch(/export interface AuthorRead {[^}]*\n {2}x_born: string \| null\n/)
  expect(text).toContain('author: {\n    create: AuthorCreate\n    patch: AuthorPatch\n    read: AuthorRead\n  }')
  expect((await run('types', file, '--entity', 'autor')).complaints).toContain('did you mean “author”?')
})

test('without --prune what the folder lacks stays, with it it goes', async () => {
  const folder = await folders.make({ 'plugins.json': { library: '1.0.0' } })
  expect((await run('plan', folder)).output).toBe('Nothing changes.\n')
  const { output } = await run('plan', folder, '--prune')
  expect(output).toContain('- entity/x_note')
  expect(output).toContain('~ entity/author/properties/x_born')
})

test('findings are told with their place, and nothing is applied', async () => {
  const folder = await folders.make(await readFiles(siteFolder))
  await writeFiles(folder, { 'views/x_notes.json': { entity: 'x_notes', title: '笔记', columns: {} } })
  const { code, output, complaints } = await run('plan', folder)
  expect(code).toBe(1)
  expect(output).toContain('error    view/x_notes/entity  There is no entity “x_notes”; did you mean “x_note”?')
  expect(complaints).toBe('The plan has an error; it cannot be applied.\n')
  const { answer } = await runForMachines('apply', folder)
  expect(answer).toMatchObject({ code: 'plan.refused', errors: [{ path: '/view/x_notes/entity' }] })
})

test('a step that limits future writes is accepted by name', async () => {
  const properties = { name: field('姓名'), born: field('生') }
  const author = (required: string[]) => ({ ...library['entity/author'], required, properties })
  await writeFiles(pluginFolder, {
    'plugin.json': { ...manifest, version: '1.1.0' },
    'entities/author.json': author(['name']),
  })
  expect((await run('apply', pluginFolder)).code).toBe(0)
  await writeFiles(pluginFolder, { 'entities/author.json': author(['name', 'born']) })
  const refused = await run('apply', pluginFolder)
  expect(refused.code).toBe(1)
  expect(refused.complaints).toContain('--accept guarded')
  const { answer } = await runForMachines('apply', pluginFolder, '--accept', 'guarded')
  expect(answer).toMatchObject({ changed: true })
})

test.each([
  [['plan'], 'Give exactly one path.'],
  [['apply', 'a', 'b'], 'Give exactly one path.'],
  [['apply', 'a', '--accept', 'all'], '“all” is nothing to accept'],
  [['export', 'a', '--prune'], "Unknown option '--prune'"],
  [['types'], 'Give exactly one path.'],
])('“heddle %j” is wrong usage', async (parameters, complaint) => {
  const { code, complaints } = await run(...parameters)
  expect(code).toBe(2)
  expect(complaints).toContain(complaint)
  expect(complaints).toContain(`Usage: heddle ${parameters[0]} `)
})

test('a folder that is neither a plugin’s nor a site’s is refused', async () => {
  const { code, complaints } = await run('plan', await folders.make())
  expect(code).toBe(1)
  expect(complaints).toContain('holds neither a plugin (plugin.json) nor a site (plugins.json).')
})
