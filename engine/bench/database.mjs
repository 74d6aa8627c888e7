// One PostgreSQL for both sides: the product's embedded one, with a database for each.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import postgres from 'postgres'

const embedded = fileURLToPath(new URL('../src/storage/embedded/start-embedded.ts', import.meta.url))
const dist = fileURLToPath(new URL('../dist/bench', import.meta.url))

/** Starts the server in `folder`; `databaseUrl(name)` makes an empty database and tells its address. */
export async function startDatabase(folder) {
  const { startEmbedded } = await loadEmbedded()
  const server = await startEmbedded({ dataDir: folder, log: () => undefined })
  return {
    databaseUrl: async (name) => {
      const sql = postgres(server.url, { max: 1, onnotice: () => undefined })
      await sql`create database ${sql(name)}`
      await sql.end()
      const url = new URL(server.url)
      url.pathname = `/${name}`
      return url.href
    },
    stop: () => server.stop(),
  }
}

async function loadEmbedded() {
  mkdirSync(dist, { recursive: true })
  const outfile = join(dist, 'start-embedded.mjs')
  await build({
    entryPoints: [embedded],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  })
  return import(pathToFileURL(outfile).href)
}
