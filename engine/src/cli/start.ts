import { parseArgs } from 'node:util'
import { tellSignIns } from '../accounts/first-start.ts'
import { createLog } from '../log.ts'
import { start } from '../start.ts'
import type { Command } from './command.ts'

/** Runs the product until it is told to stop. */
export const startCommand: Command = {
  usage: '',
  summary: 'Start the product; stop it with Ctrl+C.',
  run: async (parameters, { config, places }) => {
    parseArgs({ args: [...parameters], options: {} })
    const log = createLog(config.logLevel)
    const stopped = stopSignal()
    const running = await start(config, places, log)
    const made = running.firstSignIn
    console.log(`Heddle is running at ${running.url}`)
    if (made?.madePassword !== undefined) {
      const signIns = [{ email: made.email, password: made.madePassword, note: 'administrator' }]
      console.log(`Sign in: ${await tellSignIns(signIns, config.dataDir)}`)
    } else {
      console.log(`Sign in as ${config.adminEmail} with the password set at the first start.`)
    }
    await stopped
    log.info('Stopping.')
    await running.stop()
    return 0
  },
}

/** Listened to from the beginning: a stop during the start must not leave the database running. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve())
    process.once('SIGINT', () => resolve())
  })
}
