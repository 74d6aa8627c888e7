import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { request } from '@playwright/test'
import { administrator, demoPassword } from './e2e.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const startMs = 120_000

/** Starts the product as a user does, once for all browser tests, and signs the administrator in. */
export default async function setUp(): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'heddle-e2e-'))
  // PostgreSQL does not run as root: its own account must be able to enter.
  await chmod(dataDir, 0o711)
  const product = spawn(process.execPath, [join(root, 'engine/bin/heddle.mjs'), 'start'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PORT: '0',
      HOST: '127.0.0.1',
      DATABASE_URL: '',
      HEDDLE_DATA_DIR: dataDir,
      HEDDLE_ADMIN_EMAIL: administrator.email,
      HEDDLE_ADMIN_PASSWORD: administrator.password,
      HEDDLE_DEMO_PASSWORD: demoPassword,
    },
  })
  const tearDown = async () => {
    await stop(product)
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    process.env.HEDDLE_E2E_URL = await addressOf(product)
    process.env.HEDDLE_E2E_STATE = join(dataDir, 'administrator.json')
    await signIn(process.env.HEDDLE_E2E_URL, process.env.HEDDLE_E2E_STATE)
  } catch (error) {
    await tearDown()
    throw error
  }
  return tearDown
}

function addressOf(product: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    const timer = setTimeout(() => reject(new Error(`The product did not start in time:\n${output}`)), startMs)
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      const address = /running at (http\S+)/.exec(output)?.[1]
      if (address === undefined) return
      clearTimeout(timer)
      resolve(address)
    }
    product.stdout?.on('data', read)
    product.stderr?.on('data', read)
    product.once('exit', (code) => {
      clearTimeout(timer)
      reject(new Error(`The product ended with code ${code}:\n${output}`))
    })
  })
}

async function signIn(url: string, path: string): Promise<void> {
  const context = await request.newContext({ baseURL: url })
  const answer = await context.post('/api/auth/sign-in/email', { data: administrator })
  if (!answer.ok()) throw new Error(`The administrator cannot sign in: ${await answer.text()}`)
  await context.storageState({ path })
  await context.dispose()
}

async function stop(product: ChildProcess): Promise<void> {
  if (product.exitCode !== null) return
  product.kill('SIGTERM')
  const forced = setTimeout(() => product.kill('SIGKILL'), 20_000)
  await once(product, 'exit')
  clearTimeout(forced)
}
