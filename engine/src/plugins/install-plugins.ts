import type { LiveRelease } from '../publish/live-release.ts'
import type { Acceptance } from '../publish/publish.ts'
import type { Database } from '../storage/connect.ts'
import { applyFolder } from './apply-folder.ts'
import type { Plugin } from './read-plugin.ts'

/** Publishes plugins' layers on top of what is live. @throws Fault 409, 422 as any publish */
export async function installPlugins(
  database: Database,
  live: LiveRelease,
  plugins: readonly Plugin[],
  acceptance: Acceptance,
): Promise<void> {
  const wish = { source: { kind: 'plugins', plugins }, missing: 'remove' } as const
  live.adopt(await applyFolder(database, wish, { planHash: undefined, acceptance }))
}
