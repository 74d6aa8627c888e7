import { hashOfLayers, type LiveState, loadLiveState } from '../publish/live-state.ts'
import { type KnownFailing, type Plan, planLayers } from '../publish/plan.ts'
import { type Acceptance, publish } from '../publish/publish.ts'
import type { Connection, Database } from '../storage/connect.ts'
import type { LayerSource } from './layer-source.ts'
import { inOrder, type Missing, placeLayers } from './place-layers.ts'

/** A plan for what a folder holds. */
export interface FolderPlan extends Plan {
  /** False when the folder's layer is live as it is. */
  readonly isChange: boolean
}

/** What a folder is applied with. */
export interface FolderWish {
  readonly source: LayerSource
  readonly missing: Missing
}

/** Plans what applying a folder to the live state would do. */
export async function planFolder(
  connection: Connection,
  live: LiveState,
  { source, missing }: FolderWish,
  known?: KnownFailing,
): Promise<FolderPlan> {
  const { layers, findings } = placeLayers(live.layers, source, missing)
  const plan = await planLayers(connection, live, layers, known)
  const isChange = hashOfLayers(layers) !== hashOfLayers(live.layers.map(inOrder))
  return { ...plan, findings: [...findings, ...plan.findings], isChange }
}

/**
 * Publishes what a folder holds, as `planHash` planned it when given.
 * @throws Fault 409, 422 as any publish
 */
export function applyFolder(
  database: Database,
  wish: FolderWish,
  options: { readonly planHash: string | undefined; readonly acceptance: Acceptance },
): Promise<LiveState> {
  return publish(database, {
    replan: async (transaction, known) => planFolder(transaction, await loadLiveState(transaction), wish, known),
    actor: null,
    ...options,
  })
}
