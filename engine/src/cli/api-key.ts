import { parseArgs } from 'node:util'
import { createApiKey } from '../accounts/api-keys.ts'
import { checkApiKey, expiryOf } from '../organisation/check-api-key.ts'
import { loadLiveState } from '../publish/live-state.ts'
import type { Command } from './command.ts'
import { withDatabase } from './with-database.ts'

const usage = 'create --role <role> [--name <name>] [--expires <date>]'

/** Makes keys for outside clients. */
export const apiKey: Command = {
  usage,
  summary: 'Make an API key with a role and print it once; it ends as the date (2027-01-31, UTC) begins.',
  run: async (parameters, context) => {
    const { values, positionals } = parseArgs({
      args: [...parameters],
      allowPositionals: true,
      options: {
        role: { type: 'string', multiple: true },
        name: { type: 'string' },
        expires: { type: 'string' },
        json: { type: 'boolean' },
      },
    })
    const roles = values.role ?? []
    const input = { roles, ...(values.expires === undefined ? {} : { expiresAt: values.expires }) }
    if (positionals[0] !== 'create' || roles.length === 0 || Number.isNaN(expiryOf(input)?.getTime())) {
      console.error(`Usage: heddle api-key ${usage}`)
      return 2
    }
    const key = await withDatabase(context, async (database) => {
      checkApiKey((await loadLiveState(database)).release, input)
      return createApiKey(database, { name: values.name ?? 'command line', roles, expiresAt: expiryOf(input) })
    })
    console.log(values.json ? JSON.stringify({ key, roles, expiresAt: expiryOf(input) ?? null }) : key)
    return 0
  },
}
