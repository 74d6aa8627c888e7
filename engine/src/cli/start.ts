import { parseArgs } from 'node:util'
import { tellSignIns } from '../accounts/first-start.ts'
import { createLog } from '../log.ts'
import { type Running, start } from '../start.ts'
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
    console.log(`Heddle is running at ${running.url}`)
    const signIns = madeSignIns(running)
    if (signIns.length > 0) console.log(`Sign in: ${await tellSignIns(signIns, config.dataDir)}`)
    else console.log(`Sign in as ${config.adminEmail} with the password set at the first start.`)
    await stopped
    log.info('Stopping.')
    await running.stop()
    return 0
  },
}

/** The passwords this start has made; those that were given are known to whoever gave them. */
function madeSignIns({ firstSignIn, demoSignIn }: Running) {
  const signIns: { email: string; password: string; note: string }[] = []
  if (firstSignIn?.madePassword !== undefined) {
    signIns.push({ email: firstSignIn.email, password: firstSignIn.madePassword, note: 'administrator' })
  }
  for (const email of demoSignIn?.people ?? []) {
    if (demoSignIn?.madePassword !== undefined) signIns.push({ email, password: demoSignIn.madePassword, note: 'demo' })
  }
  return signIns
}

/** Listened to from the beginning: a stop during the start must not leave the database running. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve())
    process.once('SIGINT', () => resolve())
  })
}
