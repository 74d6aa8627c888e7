import { parseArgs } from 'node:util'
import { createApiKey } from '../accounts/users.ts'
import { checkRoles } from '../organisation/check-people.ts'
import { loadLiveState } from '../publish/live-state.ts'
import type { Command } from './command.ts'
import { withDatabase } from './with-database.ts'

/** Makes keys for outside clients. */
export const apiKey: Command = {
  usage: 'create --role <role> [--name <name>]',
  summary: 'Make an API key with a role and print it once.',
  run: async (parameters, context) => {
    const { values, positionals } = parseArgs({
      args: [...parameters],
      allowPositionals: true,
      options: { role: { type: 'string', multiple: true }, name: { type: 'string' }, json: { type: 'boolean' } },
    })
    const roles = values.role ?? []
    if (positionals[0] !== 'create' || roles.length === 0) {
      console.error('Usage: heddle api-key create --role <role> [--name <name>]')
      return 2
    }
    const key = await withDatabase(context, async (database) => {
      checkRoles((await loadLiveState(database)).release, roles)
      return createApiKey(database, { name: values.name ?? 'command line', roles })
    })
    console.log(values.json ? JSON.stringify({ key, roles }) : key)
    return 0
  },
}
