import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test, vi } from 'vitest'
import { copyCheckout } from '../../.ci/copy-checkout.mjs'

const checkout = copyCheckout(fileURLToPath(new URL('../..', import.meta.url)))
let development: ChildProcess | undefined
let output = ''

afterAll(async () => {
  development?.kill('SIGKILL')
  await rm(checkout.root, { recursive: true, force: true })
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

const bodyOf = async (url: string) => (await fetch(url)).text()

test('development serves an app before the engine’s API, follows changes of both, and stops as a whole', async () => {
  const port = await freePort()
  await chmod(checkout.root, 0o711)
  await rm(join(checkout.root, 'runtime-ui'), { recursive: true })
  checkout.plant('runtime-ui/index.html', '<h1>before</h1>')
  checkout.plant('runtime-ui/vite.config.ts', 'export default {}\n')
  development = spawn(process.execPath, ['engine/bin/dev.mjs'], {
    cwd: checkout.root,
    env: { ...process.env, PORT: String(port), HEDDLE_DATA_DIR: '.heddle', HEDDLE_DEMO: 'none' },
  })
  for (const stream of [development.stdout, development.stderr]) stream?.on('data', (text) => (output += text))
  const settled = { timeout: 30_000, interval: 200 }

  const app = await vi.waitFor(
    () => /runtime-ui is served at (http\S+)/.exec(output)?.[1] ?? expect.fail(output),
    settled,
  )
  await vi.waitFor(async () => expect(await bodyOf(`${app}api/settings/public`), output).toContain('"name"'), settled)
  expect(await bodyOf(app)).toContain('before')

  checkout.plant('runtime-ui/index.html', '<h1>after</h1>')
  await vi.waitFor(async () => expect(await bodyOf(app)).toContain('after'), settled)
  checkout.change('engine/src/server/health.ts', (text: string) => text.replace("?? 'Heddle'", "?? 'Changed'"))
  await vi.waitFor(async () => expect(await bodyOf(`${app}api/settings/public`)).toContain('"Changed"'), settled)

  const ended = once(development, 'exit')
  development.kill('SIGINT')
  expect(await ended).toEqual([0, null])
  await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow()
}, 90_000)
