import { applyFolder, planFolder } from '../plugins/apply-folder.ts'
import { loadLiveState } from '../publish/live-state.ts'
import type { Command } from './command.ts'
import { folderWish, parseApplyParameters } from './folder-parameters.ts'
import { planText } from './plan-text.ts'
import { withDatabase } from './with-database.ts'

/** Makes a folder's layer live. */
export const applyCommand: Command = {
  usage: '<folder> [--prune] [--accept guarded,destructive] [--confirm <name> …]',
  summary: 'Publish the folder of a plugin or of the site; with --prune what is not in it goes.',
  run: (parameters, context) => {
    const { acceptance, isJson, ...wish } = parseApplyParameters(parameters)
    return withDatabase(context, async (database) => {
      const live = await loadLiveState(database)
      const folder = await folderWish({ ...wish, isJson, acceptance }, live)
      const plan = await planFolder(database, live, folder)
      if (!isJson) console.log(planText(plan))
      const { release } = plan.isChange
        ? await applyFolder(database, folder, { planHash: plan.planHash, acceptance })
        : live
      const { findings, isChange } = plan
      if (isJson) console.log(JSON.stringify({ release: release.number, changed: isChange, findings }))
      else console.log(isChange ? `Release ${release.number} is live.` : `Release ${release.number} stays live.`)
      return 0
    })
  },
}
