import {
  addressOf,
  classifyOverrides,
  type Definition,
  type Finding,
  foldLayers,
  type Layer,
  type Override,
  overrideFindings,
  siteOwner,
} from '@heddle/metadata'
import type { LayerSource } from './layer-source.ts'
import { pluginOutOfRange, pluginRequired } from './plugin-errors.ts'
import type { Plugin } from './read-plugin.ts'
import type { Site } from './read-site.ts'
import { isInRange } from './version-range.ts'

/** What becomes of definitions that are live but not in the folder. */
export type Missing = 'keep' | 'remove'

/** Layers as they would be, and what there is to know about the site's changes in them. */
export interface Placed {
  readonly layers: readonly Layer[]
  readonly findings: readonly Finding[]
}

/**
 * Puts a plugin's or the site's new layer among those that are live. Changes of the site follow what a plugin's new
 * version has renamed; where it changed the same, the site's value stays and a finding says so.
 * @throws Fault 422 when a plugin lacks what it requires
 */
export function placeLayers(live: readonly Layer[], source: LayerSource, missing: Missing): Placed {
  const below = live.filter((layer) => layer.owner !== siteOwner)
  const site = live.find((layer) => layer.owner === siteOwner) ?? emptySite
  const plugins = source.kind === 'plugins' ? placePlugins(below, source.plugins, missing) : below
  const wanted = source.kind === 'site' ? placeSite(site, source.site, missing) : site
  requirePlugins(plugins)
  const [before, after] = [foldLayers(below).definitions, foldLayers(plugins).definitions]
  const classified = classifyOverrides(before, after, wanted.overrides)
  const overrides = classified.map(({ override }) => override)
  return {
    layers: [...plugins, { ...wanted, overrides }].map(inOrder),
    findings: [
      ...(source.kind === 'site' ? versionFindings(plugins, source.site) : []),
      ...overrideFindings(classified),
    ],
  }
}

const emptySite: Layer = { owner: siteOwner, definitions: [], extensions: [], overrides: [] }

/** The layer with its parts in the order of their addresses: the same layer is the same bytes. */
export function inOrder(layer: Layer): Layer {
  const sorted = <Part>(parts: readonly Part[], addressIn: (part: Part) => string) =>
    parts.toSorted((a, b) => (addressIn(a) < addressIn(b) ? -1 : addressIn(a) > addressIn(b) ? 1 : 0))
  return {
    ...layer,
    definitions: sorted(layer.definitions, addressOf),
    extensions: sorted(layer.extensions, addressOf),
    overrides: sorted(layer.overrides, ({ address }) => address),
  }
}

function placePlugins(live: readonly Layer[], plugins: readonly Plugin[], missing: Missing): Layer[] {
  const wanted = new Map(plugins.map(({ name, layer }) => [name, layer]))
  const replaced = live.map((layer) => {
    const next = wanted.get(layer.owner)
    if (next === undefined || missing === 'remove') return next ?? layer
    return {
      ...next,
      definitions: withMissing(next.definitions, layer.definitions),
      extensions: withMissing(next.extensions, layer.extensions),
    }
  })
  const added = plugins.filter(({ name }) => !live.some(({ owner }) => owner === name))
  return inDependencyOrder([...replaced, ...added.map(({ layer }) => layer)])
}

function placeSite(live: Layer, site: Site, missing: Missing): Layer {
  const { definitions, overrides } = site
  if (missing === 'remove') return { ...emptySite, definitions, overrides }
  const named = new Set([...definitions.map(addressOf), ...overrides.map(({ address }) => address)])
  const kept = live.overrides.filter(({ address }: Override) => !named.has(address))
  return { ...emptySite, definitions: withMissing(definitions, live.definitions), overrides: [...overrides, ...kept] }
}

function withMissing(definitions: readonly Definition[], live: readonly Definition[]): Definition[] {
  const named = new Set(definitions.map(addressOf))
  return [...definitions, ...live.filter((definition) => !named.has(addressOf(definition)))]
}

/** Every layer behind those it requires; otherwise in the order given. */
function inDependencyOrder(layers: readonly Layer[]): Layer[] {
  const ordered = new Set<Layer>()
  const seen = new Set<Layer>()
  const visit = (layer: Layer): void => {
    if (seen.has(layer)) return
    seen.add(layer)
    for (const other of layers) if (Object.hasOwn(layer.manifest?.requires ?? {}, other.owner)) visit(other)
    ordered.add(layer)
  }
  for (const layer of layers) visit(layer)
  return [...ordered]
}

function requirePlugins(layers: readonly Layer[]): void {
  const versions = new Map(layers.map(({ owner, manifest }) => [owner, manifest?.version ?? '0.0.0']))
  for (const { owner, manifest } of layers) {
    for (const [required, range] of Object.entries(manifest?.requires ?? {})) {
      const version = versions.get(required)
      if (version === undefined) throw pluginRequired(owner, required)
      if (!isInRange(version, range)) throw pluginOutOfRange(owner, `${required} ${range}`, version)
    }
  }
}

/** @throws Fault when a plugin that the site was made for is not live */
function versionFindings(plugins: readonly Layer[], site: Site): Finding[] {
  return Object.entries(site.plugins).flatMap(([name, version]): Finding[] => {
    const layer = plugins.find(({ owner }) => owner === name)
    if (layer === undefined) throw pluginRequired('the site', name)
    const there = layer.manifest?.version ?? '0.0.0'
    if (there === version) return []
    const message = `The site was made for “${name}” ${version}; here it is ${there}.`
    return [{ severity: 'warning', address: `plugin/${name}`, path: '', code: 'layer.plugin.version', message }]
  })
}
