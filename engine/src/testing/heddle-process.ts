import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** The product as a process of its own, as users run it. */
export interface HeddleProcess {
  /** Where it serves; rejects with all it has said when it ends before. */
  readonly url: Promise<string>
  /** Everything it has said so far. */
  output(): string
  /** What it has said on standard error. */
  complaints(): string
  /** Its exit code. */
  readonly ended: Promise<number | null>
  /** Ends it as a power cut would; resolves when it is gone. */
  kill(): Promise<unknown>
  /** Tells it to stop; the exit code. */
  stop(): Promise<number | null>
}

/** Who the process runs as. */
export interface Ids {
  readonly uid: number
  readonly gid: number
}

/** The password of the administrator that every process here is set up with. */
export const adminPassword = 'an administrator of tests'

/** The bundle itself: the test run has built it, and the command would build the apps as well. */
const program = fileURLToPath(new URL('../../dist/heddle.mjs', import.meta.url))

/** Runs `heddle` with nothing in its environment but defaults for tests and `environment`. */
export function spawnHeddle(
  parameters: readonly string[],
  environment: Record<string, string>,
  ids?: Ids,
): HeddleProcess {
  const child = spawn(process.execPath, [program, ...parameters], {
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      HEDDLE_DEMO: 'none',
      HEDDLE_ADMIN_PASSWORD: adminPassword,
      ...environment,
    },
    ...(ids === undefined ? {} : { uid: ids.uid, gid: ids.gid }),
  })
  let output = ''
  let complaints = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString()
    complaints += chunk.toString()
  })
  const ended = exitCodeOf(child)
  const url = waitForUrl(child, () => output)
  // Many tests never ask for it.
  url.catch(() => undefined)
  return {
    url,
    ended,
    output: () => output,
    complaints: () => complaints,
    kill: () => {
      child.kill('SIGKILL')
      return ended
    },
    stop: () => {
      child.kill('SIGTERM')
      return ended
    },
  }
}

async function exitCodeOf(child: ChildProcess): Promise<number | null> {
  const [code]: (number | null)[] = await once(child, 'close')
  return code ?? null
}

function waitForUrl(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', () => {
      const url = /running at (http\S+)/.exec(output())?.[1]
      if (url !== undefined) resolve(url)
    })
    child.once('close', () => reject(new Error(`It ended: ${output()}`)))
  })
}
