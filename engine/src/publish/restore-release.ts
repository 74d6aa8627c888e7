import { type Address, type Folded, foldLayers, type JsonObject, siteOwner } from '@heddle/metadata'
import { hashOf } from './blobs.ts'
import { withIdentities } from './bring-back.ts'
import type { LiveState } from './live-state.ts'

/** What drafts must hold to bring an earlier release back. */
export interface Restoration {
  /** The body each definition had; null for those that there were not. */
  readonly drafts: ReadonlyMap<Address, JsonObject | null>
  /** Plugins that were of another version, or not there; their own version decides what they declare. */
  readonly plugins: readonly string[]
}

/** The difference between the site layer of an earlier release and what is live, under the plugins of today. */
export function planRestoration(live: LiveState, earlier: LiveState): Restoration {
  const plugins = live.layers.filter((layer) => layer.owner !== siteOwner)
  const site = earlier.layers.filter((layer) => layer.owner === siteOwner)
  const wanted: Folded['definitions'] = foldLayers([...plugins, ...site]).definitions
  const drafts = new Map<Address, JsonObject | null>()
  for (const [address, definition] of wanted) {
    const now = live.folded.definitions.get(address)
    if (now === undefined || hashOf(now.body) !== hashOf(definition.body)) {
      drafts.set(address, withIdentities(definition, live))
    }
  }
  for (const address of live.folded.definitions.keys()) if (!wanted.has(address)) drafts.set(address, null)
  return { drafts, plugins: changedPlugins(live, earlier) }
}

function changedPlugins(live: LiveState, earlier: LiveState): string[] {
  const contents = ({ layers }: LiveState) =>
    new Map(
      layers
        .filter((layer) => layer.owner !== siteOwner)
        .map((layer) => [
          layer.owner,
          [...layer.definitions, ...layer.extensions].map(({ body }) => hashOf(body)).join(),
        ]),
    )
  const [now, then] = [contents(live), contents(earlier)]
  return [...new Set([...now.keys(), ...then.keys()])].filter((name) => now.get(name) !== then.get(name))
}
