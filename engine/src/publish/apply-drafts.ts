import {
  type Address,
  addressOf,
  type Definition,
  diffDocuments,
  foldLayers,
  keyedForm,
  type Layer,
  type Override,
  parseAddress,
  siteOwner,
} from '@heddle/metadata'
import type { Draft } from './drafts.ts'

/** The layers as they would be with these drafts published: the site owns what is new and overrides what plugins own. */
export function applyDrafts(layers: readonly Layer[], drafts: readonly Draft[]): Layer[] {
  const plugins = layers.filter((layer) => layer.owner !== siteOwner)
  const site = layers.find((layer) => layer.owner === siteOwner)
  const owned = new Map((site?.definitions ?? []).map((definition) => [addressOf(definition), definition]))
  const overrides = new Map<Address, Override[]>()
  for (const override of site?.overrides ?? []) {
    overrides.set(override.address, [...(overrides.get(override.address) ?? []), override])
  }
  const below = foldLayers(plugins).definitions
  for (const draft of drafts) {
    const upstream = below.get(draft.address)
    if (upstream === undefined) ownDraft(owned, draft)
    else overrides.set(draft.address, overridesOf(upstream, draft))
  }
  const definitions = [...owned.values()]
  return [...plugins, { owner: siteOwner, definitions, extensions: [], overrides: [...overrides.values()].flat() }]
}

function ownDraft(owned: Map<Address, Definition>, draft: Draft): void {
  const parsed = parseAddress(draft.address)
  if (draft.isRemoved || parsed === undefined) owned.delete(draft.address)
  else owned.set(draft.address, { ...parsed, body: draft.body })
}

function overridesOf(upstream: Definition, draft: Draft): Override[] {
  const { address } = draft
  if (draft.isRemoved) return [{ address, op: 'remove', path: '', base: upstream.body }]
  return diffDocuments(keyedForm(upstream.body), keyedForm(draft.body)).map((change) => ({ ...change, address }))
}
