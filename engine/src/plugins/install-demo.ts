import { join } from 'node:path'
import { asObject, asText } from '@heddle/metadata'
import { keepSignIns, makePassword } from '../accounts/first-start.ts'
import { passFault } from '../faults.ts'
import type { LiveRelease } from '../publish/live-release.ts'
import type { Database } from '../storage/connect.ts'
import { installPlugins } from './install-plugins.ts'
import { loadSeed, seedMark } from './load-seed.ts'
import { readWithRequirements } from './read-plugin.ts'

/** How to sign in as the demo's people after a first start. */
export interface DemoSignIn {
  readonly people: readonly string[]
  /** Undefined when the environment gave it. */
  readonly madePassword: string | undefined
}

/** Which plugin is the demo, and where its files and made passwords are. */
export interface Demo {
  readonly name: string
  readonly password: string | undefined
  readonly pluginsFolder: string
  readonly dataDir: string
}

/**
 * Installs the demo's plugin with what it requires on an installation that has published nothing, and loads its sample
 * data. A start that was cut off half-way is completed by the next one; one process does it, others wait.
 */
export async function ensureDemo(
  pools: { readonly database: Database; readonly direct: Database },
  live: LiveRelease,
  demo: Demo,
): Promise<DemoSignIn | undefined> {
  // Of a session, not of a transaction: publishing and seeding have their own, and must not be run again with this one.
  const holder = await pools.direct.reserve()
  try {
    await holder`select pg_advisory_lock(hashtext('heddle.demo'))`
    try {
      return await installDemo(pools, live, demo)
    } finally {
      await holder`select pg_advisory_unlock(hashtext('heddle.demo'))`
    }
  } finally {
    holder.release()
  }
}

async function installDemo(
  { database, direct }: { readonly database: Database; readonly direct: Database },
  live: LiveRelease,
  demo: Demo,
): Promise<DemoSignIn | undefined> {
  await live.reload()
  if (live.release.number > 0 && !(await awaitsSeed(database, live, demo.name))) return undefined
  const plugins = await readWithRequirements(join(demo.pluginsFolder, demo.name))
  if (live.release.number === 0)
    await installPlugins(direct, live, plugins, { accept: ['guarded'], confirm: undefined })
  passFault('start.after-plugins')
  const isInstalled = live.state.layers.some((layer) => layer.owner === demo.name)
  const plugin = plugins.at(-1)
  if (!isInstalled || plugin === undefined) return undefined
  const madePassword = demo.password === undefined ? makePassword() : undefined
  const settings = asObject(live.release.definitions.get('settings/site')?.body)
  const { people } = await loadSeed(direct, live.release, plugin, {
    password: demo.password ?? madePassword,
    now: new Date(),
    timeZone: asText(settings.timezone) ?? 'Asia/Shanghai',
    beforeCommit: async (emails) => {
      if (madePassword === undefined) return
      const signIns = emails.map((email) => ({ email, password: madePassword, note: 'demo' }))
      await keepSignIns(signIns, demo.dataDir)
    },
  })
  return people.length === 0 ? undefined : { people, madePassword }
}

/** True when the demo is installed but its sample data are not loaded: a start was cut off between the two. */
async function awaitsSeed(database: Database, live: LiveRelease, name: string): Promise<boolean> {
  if (!live.state.layers.some((layer) => layer.owner === name)) return false
  const [loaded] = await database`select 1 from heddle.fact where name = ${seedMark(name)}`
  return loaded === undefined
}
