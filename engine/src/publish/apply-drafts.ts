import {
  type Address,
  addressOf,
  type Definition,
  diffDocuments,
  type Effective,
  foldLayers,
  keyedForm,
  type Layer,
  type Override,
  parseAddress,
  type Storage,
  siteOwner,
} from '@heddle/metadata'
import { assignIds, claimedIds, liveEntities } from './assign-ids.ts'
import type { Draft } from './drafts.ts'

/**
 * The layers as they would be with these drafts published: the site owns what is new and overrides what plugins own. New
 * names get an identity of their own where `storage` knows theirs already.
 */
export function applyDrafts(layers: readonly Layer[], drafts: readonly Draft[], storage: Storage): Layer[] {
  const plugins = layers.filter((layer) => layer.owner !== siteOwner)
  const site = layers.find((layer) => layer.owner === siteOwner)
  const owned = new Map((site?.definitions ?? []).map((definition) => [addressOf(definition), definition]))
  const overrides = new Map<Address, Override[]>()
  for (const override of site?.overrides ?? []) {
    overrides.set(override.address, [...(overrides.get(override.address) ?? []), override])
  }
  const below = foldLayers(plugins).definitions
  for (const draft of identified(drafts, foldLayers(layers).definitions, storage)) {
    const upstream = below.get(draft.address)
    if (upstream === undefined) ownDraft(owned, draft)
    else overrides.set(draft.address, overridesOf(upstream, draft))
  }
  const definitions = [...owned.values()]
  return [...plugins, { owner: siteOwner, definitions, extensions: [], overrides: [...overrides.values()].flat() }]
}

function identified(
  drafts: readonly Draft[],
  definitions: ReadonlyMap<Address, Effective>,
  storage: Storage,
): readonly Draft[] {
  const live = liveEntities(definitions)
  const isEntity = (draft: Draft) => !draft.isRemoved && parseAddress(draft.address)?.kind === 'entity'
  const claimed = claimedIds(drafts.filter(isEntity).map((draft) => draft.body))
  return drafts.map((draft) => {
    const name = parseAddress(draft.address)?.name
    if (name === undefined || !isEntity(draft)) return draft
    return {
      ...draft,
      body: assignIds({ name, body: draft.body, live, storage, claimed }),
    }
  })
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
