import { addressOf, type Definition, type JsonObject, type Layer, type Override, siteOwner } from '@heddle/metadata'
import { expect, test } from 'vitest'
import type { LayerSource } from './layer-source.ts'
import { placeLayers } from './place-layers.ts'

const view = (name: string, title = name): Definition => ({ kind: 'view', name, body: { title } })
const entity = (properties: JsonObject): Definition => ({ kind: 'entity', name: 'article', body: { properties } })

type PluginLayer = Layer & { manifest: NonNullable<Layer['manifest']> }

function plugin(owner: string, parts: Partial<Layer> & { version?: string; requires?: Record<string, string> } = {}) {
  const { version = '1.0.0', requires = {}, ...more } = parts
  const layer: PluginLayer = {
    owner,
    manifest: { version, requires },
    definitions: [],
    extensions: [],
    overrides: [],
    ...more,
  }
  return layer
}

function site(overrides: readonly Override[] = [], definitions: readonly Definition[] = []): Layer {
  return { owner: siteOwner, definitions, extensions: [], overrides }
}

function plugins(...layers: PluginLayer[]): LayerSource {
  return {
    kind: 'plugins',
    plugins: layers.map((layer) => ({ name: layer.owner, version: layer.manifest.version, layer, folder: '' })),
  }
}

function siteSource(parts: Partial<Extract<LayerSource, { kind: 'site' }>['site']>): LayerSource {
  return { kind: 'site', site: { definitions: [], overrides: [], plugins: {}, ...parts } }
}

const owners = (layers: readonly Layer[]) => layers.map(({ owner }) => owner)
const addresses = (layer: Layer | undefined) => layer?.definitions.map(addressOf)
const retitled: Override = { address: 'view/a', op: 'set', path: '/title', value: 'Ours', base: 'a' }

test('a new plugin comes behind those that are live and before the site', () => {
  const { layers } = placeLayers([plugin('base'), site()], plugins(plugin('more')), 'keep')
  expect(owners(layers)).toEqual(['base', 'more', siteOwner])
})

test('a new version takes the place of the old one, behind what it now requires', () => {
  const live = [plugin('base'), plugin('more'), site()]
  const next = plugin('base', { version: '1.1.0', requires: { extra: '^1' } })
  const { layers } = placeLayers(live, plugins(plugin('extra'), next), 'keep')
  expect(owners(layers)).toEqual(['extra', 'base', 'more', siteOwner])
  expect(layers[1]?.manifest?.version).toBe('1.1.0')
})

test.each([
  ['keep', ['view/a', 'view/b', 'view/c']],
  ['remove', ['view/b', 'view/c']],
] as const)('definitions that the folder of a plugin lacks: %s', (missing, left) => {
  const live = [plugin('base', { definitions: [view('a'), view('b')] }), site()]
  const { layers } = placeLayers(live, plugins(plugin('base', { definitions: [view('c'), view('b', 'B')] })), missing)
  expect(addresses(layers[0])).toEqual(left)
  expect(layers[0]?.definitions.find(({ name }) => name === 'b')?.body).toEqual({ title: 'B' })
})

test.each([
  ['keep', ['view/x_a', 'view/x_b'], ['view/a', 'view/b']],
  ['remove', ['view/x_b'], ['view/b']],
] as const)('what the folder of the site lacks: %s', (missing, definitions, overridden) => {
  const below = plugin('base', { definitions: [view('a'), view('b')] })
  const live = [below, site([retitled, { ...retitled, address: 'view/b' }], [view('x_a')])]
  const overrides: Override[] = [{ address: 'view/b', op: 'set', path: '/title', value: 'Ours, again', base: 'b' }]
  const { layers, findings } = placeLayers(live, siteSource({ definitions: [view('x_b')], overrides }), missing)
  expect(addresses(layers[1])).toEqual(definitions)
  expect(layers[1]?.overrides.map(({ address }) => address)).toEqual(overridden)
  expect(layers[1]?.overrides.at(-1)).toEqual(overrides[0])
  expect(findings).toEqual([])
})

test('a plugin without what it requires, or with another version of it, is refused', () => {
  const needy = (range: string) => plugins(plugin('more', { requires: { base: range } }))
  const live = [plugin('base', { version: '1.2.0' }), site()]
  expect(() => placeLayers([site()], needy('^1'), 'keep')).toThrow('requires the plugin “base”')
  expect(() => placeLayers(live, needy('^2'), 'keep')).toThrow(
    '“more” requires “base ^2”, but it would be version 1.2.0',
  )
  expect(() => placeLayers(live, needy('^1.2'), 'keep')).not.toThrow()
  const dependent = [plugin('base'), plugin('more', { requires: { base: '^1' } }), site()]
  expect(() => placeLayers(dependent, plugins(plugin('base', { version: '2.0.0' })), 'keep')).toThrow('“more” requires')
})

test('a site whose plugins are not live is refused, one for another version is warned', () => {
  const live = [plugin('base', { version: '1.1.0' }), site()]
  expect(() => placeLayers(live, siteSource({ plugins: { more: '1.0.0' } }), 'keep')).toThrow('“more”')
  const { findings } = placeLayers(live, siteSource({ plugins: { base: '1.0.0' } }), 'keep')
  expect(findings.map(({ code, message }) => [code, message])).toEqual([
    ['layer.plugin.version', 'The site was made for “base” 1.0.0; here it is 1.1.0.'],
  ])
})

test('changes of the site follow a field that the new version renamed, and a change of the same is a question', () => {
  const field = (title: string, more: JsonObject = {}): JsonObject => ({ title, ...more })
  const change = (path: string, base: string): Override => {
    return { address: 'entity/article', op: 'set', path, value: 'Ours', base }
  }
  const live = [
    plugin('base', { definitions: [entity({ phone: field('Phone'), note: field('Note') })] }),
    site([change('/properties/phone/title', 'Phone'), change('/properties/note/title', 'Note')]),
  ]
  const renamed = entity({ mobile: field('Phone', { 'x-id': 'phone' }), note: field('Remark') })
  const { layers, findings } = placeLayers(live, plugins(plugin('base', { definitions: [renamed] })), 'keep')
  expect(layers[1]?.overrides.map(({ path }) => path)).toEqual(['/properties/mobile/title', '/properties/note/title'])
  expect(findings.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
    'warning layer.override.moved',
    'question layer.override.conflict',
  ])
})
