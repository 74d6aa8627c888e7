// Develops: the engine is rebuilt and restarted on change, Vite serves both apps with hot reload; Ctrl+C stops all.
import { spawn } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { context } from 'esbuild'
import { engineBundle } from './build.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const dist = join(root, 'engine/dist')
const port = Number(process.env.PORT || 3000)
const engineUrl = `http://127.0.0.1:${port}`
const faces = [
  { name: 'runtime-ui', base: '/', port: port + 1 },
  { name: 'designer', base: '/designer/', port: port + 2 },
]

const engine = keepEngine()
// What is written here is no build of `npm start`: without its stamp, that builds anew.
rmSync(join(dist, '.source-hash'), { force: true })
const bundle = await context({
  ...engineBundle(dist),
  plugins: [
    {
      name: 'restart',
      setup: (build) => build.onEnd(({ errors }) => (errors.length === 0 ? engine.restart() : undefined)),
    },
  ],
})
await bundle.watch()
const servers = await serveFaces()
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stop)

async function stop() {
  await Promise.all([bundle.dispose(), engine.stop(), ...servers.map((server) => server.close())])
  process.exit(0)
}

/** The engine as a child process: `restart` replaces the running one, one replacement at a time. */
function keepEngine() {
  let child
  let last = Promise.resolve()
  const end = async () => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await ended
  }
  const begin = () => {
    child = spawn(process.execPath, ['--enable-source-maps', join(dist, 'heddle.mjs'), 'start'], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, PORT: String(port) },
    })
    child.once('exit', (code) => {
      if (code !== null && code !== 0) console.log('The engine has ended; it starts again after the next change.')
    })
  }
  const then = (step) => {
    last = last.then(step)
    return last
  }
  return { restart: () => void then(async () => begin(await end())), stop: () => then(end) }
}

/** A Vite server for each app that has its configuration. */
async function serveFaces() {
  process.env.HEDDLE_URL = engineUrl
  const present = faces.filter(({ name }) => existsSync(join(root, name, 'vite.config.ts')))
  if (present.length === 0) return []
  const { createServer } = await import('vite')
  return Promise.all(
    present.map(async ({ name, base, port: facePort }) => {
      const server = await createServer({
        root: join(root, name),
        base,
        server: {
          host: '127.0.0.1',
          port: facePort,
          proxy: { '/api': { target: engineUrl, headers: { origin: engineUrl } } },
        },
      })
      await server.listen()
      console.log(`${name} is served at ${server.resolvedUrls?.local[0]}`)
      return server
    }),
  )
}
