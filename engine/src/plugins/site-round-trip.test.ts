import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import {
  addressOf,
  type Definition,
  diffDocuments,
  formatJson,
  type Json,
  type JsonObject,
  keyedForm,
  type Layer,
  type Override,
  siteOwner,
} from '@heddle/metadata'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadLiveState } from '../publish/live-state.ts'
import type { Database } from '../storage/connect.ts'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { library } from '../testing/definitions.ts'
import { createTestFolders, readFiles } from '../testing/folders.ts'
import { applyFolder } from './apply-folder.ts'
import { exportSite } from './export-site.ts'
import { type LayerSource, readLayerSource } from './layer-source.ts'
import { readPlugin } from './read-plugin.ts'
import { siteFiles } from './site-files.ts'

const folders = createTestFolders()
let database: TestDatabase
let pluginFolder: string

const menu: JsonObject = {
  title: '图书',
  items: {
    articles: { title: '文章', entity: 'article', view: 'articles' },
    authors: { title: '作者', entity: 'author' },
  },
}
const articles: JsonObject = {
  entity: 'article',
  title: '文章',
  columns: { title: { width: 200 }, kind: {}, length: {} },
}
const bodies: { readonly [address: string]: JsonObject } = {
  ...library,
  'view/articles': articles,
  'menu/library': menu,
  'option-set/grades': { title: '等级', options: { b: { title: '乙' }, a: { title: '甲' }, g1: { title: '一' } } },
  'settings/site': { company: { name: '图书馆' }, locales: ['zh-CN'], rates: { USD: 7.1, EUR: 7.7 } },
}
const owned: readonly Definition[] = Object.entries(bodies).map(([address, body]) => {
  const [kind = '', name = ''] = address.split('/')
  return { kind, name, body }
})

beforeAll(async () => {
  database = await createTestDatabase()
  const files = owned.map(({ kind, name, body }) => [`${pluginFolders[kind]}/${name}.json`, body])
  const manifest = { name: 'library', version: '1.2.3', title: '图书' }
  pluginFolder = await folders.make({ 'plugin.json': manifest, ...Object.fromEntries(files) })
  await apply(database.sql, await readLayerSource(pluginFolder, []))
})
afterAll(async () => {
  await database.drop()
  await folders.remove()
})

const pluginFolders: { readonly [kind: string]: string } = {
  entity: 'entities',
  view: 'views',
  menu: 'menus',
  'option-set': 'option-sets',
  settings: 'settings',
}

/** Texts with everything that files and JSON have trouble with. */
const titles = fc.oneof(
  fc.string({ minLength: 1, maxLength: 60, unit: 'binary' }),
  fc.constantFrom('"\\', '标'.repeat(70)),
)
const columnNames = fc.uniqueArray(fc.constantFrom('alpha', 'beta', 'gamma', 'note_2'), { minLength: 1 })

/** The value with the keys of all its objects in another order and other titles. */
function shaken(value: Json): fc.Arbitrary<Json> {
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return fc.constant(value)
  const entries = Object.entries(value).map(([key, inner]) =>
    (key === 'title' && typeof inner === 'string' ? fc.oneof(fc.constant(inner), titles) : shaken(inner)).map(
      (other): [string, Json] => [key, other],
    ),
  )
  return fc
    .tuple(...entries)
    .chain((all) => fc.oneof(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })))
    .map((all) => Object.fromEntries(all))
}

const dispensable: { readonly [address: string]: readonly [map: string, key: string] } = {
  'entity/article': ['properties', 'written_on'],
  'view/articles': ['columns', 'length'],
  'option-set/grades': ['options', 'b'],
}

/** What the site makes of a definition of the plugin: other order, titles, something gone, something added, or nothing. */
function changed(definition: Definition): fc.Arbitrary<Override[]> {
  const address = addressOf(definition)
  const [map, key] = dispensable[address] ?? []
  const wanted = fc
    .record({ body: shaken(definition.body), isLess: fc.boolean(), added: fc.option(titles, { nil: undefined }) })
    .map(({ body, isLess, added }) => {
      const whole = JSON.parse(JSON.stringify(body))
      if (map !== undefined && key !== undefined && isLess) delete whole[map][key]
      if (added !== undefined && definition.kind === 'entity') {
        whole.properties = { x_more: { title: added, 'x-field': { type: 'text' } }, ...whole.properties }
        whole.required = [...whole.required.toReversed(), ...(definition.name === 'article' ? ['length'] : [])]
      }
      return diffDocuments(keyedForm(definition.body), keyedForm(whole)).map(
        (change): Override => ({ address, ...change }),
      )
    })
  const gone = fc.constant<Override[]>([{ address, op: 'remove', path: '', base: definition.body }])
  return definition.kind === 'menu'
    ? fc.oneof({ weight: 3, arbitrary: wanted }, { weight: 1, arbitrary: gone })
    : wanted
}

const ownEntity = fc.tuple(titles, columnNames, titles).map(([title, names, fieldTitle]): Definition[] => {
  const properties = Object.fromEntries(
    names.map((name) => [
      name,
      { title: fieldTitle, 'x-field': { type: 'select', options: { b: { title }, a: { title } } } },
    ]),
  )
  const columns = Object.fromEntries(names.toReversed().map((name) => [name, {}]))
  return [
    { kind: 'view', name: 'x_notes', body: { columns, title, entity: 'x_note' } },
    { kind: 'entity', name: 'x_note', body: { properties, title } },
    { kind: 'translation', name: 'en', body: { 'entity/x_note': { '/title': fieldTitle } } },
  ]
})

const sites: fc.Arbitrary<Layer> = fc
  .tuple(fc.option(ownEntity, { nil: [] }), ...owned.map((each) => fc.oneof(fc.constant([]), changed(each))))
  .map(([definitions, ...overrides]) => ({
    owner: siteOwner,
    definitions,
    extensions: [],
    overrides: overrides.flat(),
  }))

async function apply(sql: Database, source: LayerSource): Promise<void> {
  const acceptance = { accept: ['guarded', 'destructive'], confirm: undefined } as const
  await applyFolder(sql, { source, missing: 'remove' }, { planHash: undefined, acceptance })
}

async function exported(sql: Database) {
  const folder = await folders.make()
  await exportSite(folder, (await loadLiveState(sql)).layers)
  return { folder, files: await readFiles(folder) }
}

test('any site is read from its files as it was written', async () => {
  const plugin = (await readPlugin(pluginFolder)).layer
  await fc.assert(
    fc.asyncProperty(sites, async (site) => {
      const files = siteFiles([plugin, site])
      const folder = await folders.make(Object.fromEntries(files))
      const source = await readLayerSource(folder, [plugin])
      if (source.kind !== 'site') throw new Error('It is read as a plugin.')
      const { definitions, overrides } = source.site
      expect(siteFiles([plugin, { ...site, definitions, overrides }])).toEqual(files)
      const byAddress = (a: Override, b: Override) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0)
      expect(JSON.stringify(overrides)).toBe(JSON.stringify(site.overrides.toSorted(byAddress)))
    }),
    { numRuns: 60 },
  )
}, 60_000)

test('an export that is applied to an empty database with the same plugins is exported with the same bytes', async () => {
  await fc.assert(
    fc.asyncProperty(sites, async ({ definitions, overrides }) => {
      await apply(database.sql, { kind: 'site', site: { definitions, overrides, plugins: {} } })
      const first = await exported(database.sql)
      const empty = await createTestDatabase()
      try {
        await apply(empty.sql, await readLayerSource(pluginFolder, []))
        const { layers } = await loadLiveState(empty.sql)
        await apply(empty.sql, await readLayerSource(first.folder, layers))
        expect((await exported(empty.sql)).files).toEqual(first.files)
      } finally {
        await empty.drop()
      }
    }),
    { numRuns: 8 },
  )
}, 120_000)

test('the files are as the formatter of this repository would write them', async () => {
  const plugin = (await readPlugin(pluginFolder)).layer
  const samples = fc.sample(sites, { numRuns: 20, seed: 7 })
  const files = samples.flatMap((site, at) =>
    [...siteFiles([plugin, site])].map(([path, text]) => [`${at}/${path}`, text]),
  )
  const edges = ['a', '标', '🧵'].flatMap((character) =>
    Array.from({ length: 30 }, (_, at): [string, string] => {
      const lists = [[character.repeat(40 + at)], ['x'.repeat(85 + at)], Array.from({ length: at * 3 }, () => 1.5)]
      return [
        `edges/${at}-${character.codePointAt(0)}.json`,
        formatJson({ lists, list: lists[1] ?? [], last: lists[0] ?? [] }),
      ]
    }),
  )
  const folder = await folders.make(Object.fromEntries([...files, ...edges]))
  const root = fileURLToPath(new URL('../../..', import.meta.url))
  const biome = ['format', '--vcs-enabled=false', '--indent-style=space', '--line-width=120', folder]
  const run = () => execFileSync(`${root}/node_modules/.bin/biome`, biome, { cwd: folder, stdio: 'pipe' })
  expect(run).not.toThrow()
})
