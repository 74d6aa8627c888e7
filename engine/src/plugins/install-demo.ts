import { join } from 'node:path'
import { asObject, asText } from '@heddle/metadata'
import { makePassword } from '../accounts/first-start.ts'
import type { LiveRelease } from '../publish/live-release.ts'
import type { Database } from '../storage/connect.ts'
import { inTransaction } from '../storage/in-transaction.ts'
import { installPlugins } from './install-plugins.ts'
import { loadSeed } from './load-seed.ts'
import { readWithRequirements } from './read-plugin.ts'

/** How to sign in as the demo's people after a first start. */
export interface DemoSignIn {
  readonly people: readonly string[]
  /** Undefined when the environment gave it. */
  readonly madePassword: string | undefined
}

/**
 * Installs the demo's plugin with what it requires on an installation that has published nothing, and loads its sample
 * data. A start that was cut off half-way is completed by the next one; one process does it, others wait.
 */
export function ensureDemo(
  database: Database,
  live: LiveRelease,
  demo: { readonly name: string; readonly password: string | undefined; readonly pluginsFolder: string },
): Promise<DemoSignIn | undefined> {
  return inTransaction(database, async (transaction) => {
    await transaction`select pg_advisory_xact_lock(hashtext('heddle.demo'))`
    await live.reload()
    const plugins = await readWithRequirements(join(demo.pluginsFolder, demo.name))
    if (live.release.number === 0)
      await installPlugins(database, live, plugins, { accept: ['guarded'], confirm: undefined })
    const isInstalled = live.state.layers.some((layer) => layer.owner === demo.name)
    const plugin = plugins.at(-1)
    if (!isInstalled || plugin === undefined) return undefined
    const madePassword = demo.password === undefined ? makePassword() : undefined
    const settings = asObject(live.release.definitions.get('settings/site')?.body)
    const { people } = await loadSeed(database, live.release, plugin, {
      password: demo.password ?? madePassword,
      now: new Date(),
      timeZone: asText(settings.timezone) ?? 'Asia/Shanghai',
    })
    return people.length === 0 ? undefined : { people, madePassword }
  })
}
