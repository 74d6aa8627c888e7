import { planFolder } from '../plugins/apply-folder.ts'
import { loadLiveState } from '../publish/live-state.ts'
import { renderPlan } from '../publish/render-plan.ts'
import type { Command } from './command.ts'
import { folderWish, parsePlanParameters } from './folder-parameters.ts'
import { planText } from './plan-text.ts'
import { withDatabase } from './with-database.ts'

/** Shows what applying a folder would do. */
export const planCommand: Command = {
  usage: '<folder> [--prune]',
  summary: 'Show what applying the folder of a plugin or of the site would do.',
  run: async (parameters, context) => {
    const wish = parsePlanParameters(parameters)
    const plan = await withDatabase(context, async (database) => {
      const live = await loadLiveState(database)
      return planFolder(database, live, await folderWish(wish, live))
    })
    console.log(wish.isJson ? JSON.stringify(renderPlan(plan)) : planText(plan))
    const errors = plan.findings.filter(({ severity }) => severity === 'error').length
    if (errors === 0) return 0
    console.error(`The plan has ${errors === 1 ? 'an error' : `${errors} errors`}; it cannot be applied.`)
    return 1
  },
}
