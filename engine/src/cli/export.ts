import { parseArgs } from 'node:util'
import { exportSite } from '../plugins/export-site.ts'
import { loadLiveState } from '../publish/live-state.ts'
import type { Command } from './command.ts'
import { onlyPath } from './folder-parameters.ts'
import { withDatabase } from './with-database.ts'

/** Writes the site's layer as files. */
export const exportCommand: Command = {
  usage: '<folder>',
  summary: 'Write what the site adds and changes, and the versions of its plugins.',
  run: async (parameters, context) => {
    const options = { json: { type: 'boolean' } } as const
    const { values, positionals } = parseArgs({ args: [...parameters], allowPositionals: true, options })
    const folder = onlyPath(positionals)
    const files = await withDatabase(context, async (database) =>
      exportSite(folder, (await loadLiveState(database)).layers),
    )
    console.log(values.json ? JSON.stringify({ folder, files }) : `Wrote ${files.length} files to ${folder}.`)
    return 0
  },
}
