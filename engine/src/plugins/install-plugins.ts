import { type Layer, siteOwner } from '@heddle/metadata'
import type { LiveRelease } from '../publish/live-release.ts'
import { loadLiveState } from '../publish/live-state.ts'
import { planLayers } from '../publish/plan.ts'
import { type Acceptance, publish } from '../publish/publish.ts'
import type { Database } from '../storage/connect.ts'
import type { Plugin } from './read-plugin.ts'

/** Layers with the given plugins' layers put in or replaced; the site stays last. */
export function withPlugins(layers: readonly Layer[], plugins: readonly Plugin[]): Layer[] {
  const named = new Map(plugins.map((plugin) => [plugin.name, plugin.layer]))
  const kept = layers.filter((layer) => layer.owner !== siteOwner).map((layer) => named.get(layer.owner) ?? layer)
  const added = plugins.filter((plugin) => !layers.some((layer) => layer.owner === plugin.name))
  return [...kept, ...added.map((plugin) => plugin.layer), ...layers.filter((layer) => layer.owner === siteOwner)]
}

/** Publishes plugins' layers on top of what is live. @throws Fault 409, 422 as any publish */
export async function installPlugins(
  database: Database,
  live: LiveRelease,
  plugins: readonly Plugin[],
  acceptance: Acceptance,
): Promise<void> {
  const next = await publish(database, {
    replan: async (transaction) => {
      const state = await loadLiveState(transaction)
      return planLayers(transaction, state, withPlugins(state.layers, plugins))
    },
    planHash: undefined,
    acceptance,
    actor: null,
  })
  live.adopt(next)
}
