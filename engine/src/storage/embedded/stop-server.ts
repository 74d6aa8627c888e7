import { join } from 'node:path'
import { type Account, run } from './account.ts'
import { cannotStop } from './embedded-errors.ts'
import { findServer } from './find-server.ts'
import type { Binaries } from './prepare-binaries.ts'

/** Stops the server of a data folder and waits: fast, and when that takes over half a minute, by a crash stop. */
export async function stopServer(data: string, binaries: Binaries, account: Account | undefined): Promise<void> {
  let output = ''
  for (const mode of ['fast', 'immediate']) {
    if (!(await isThere(data))) return
    const args = ['stop', '-D', data, '-m', mode, '-w', '-t', '30', '--silent']
    output = (await run(join(binaries.directory, 'pg_ctl'), args, account)).output
  }
  if (await isThere(data)) throw cannotStop(data, output)
}

async function isThere(data: string): Promise<boolean> {
  const { state } = await findServer(data)
  return state === 'running' || state === 'doubtful'
}
