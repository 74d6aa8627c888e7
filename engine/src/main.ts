import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { asObject, asText } from '@heddle/metadata'
import { runCommand } from './cli/run-command.ts'
import { parseConfig } from './config.ts'
import { armFault } from './faults.ts'

/** The checkout: the bundle is `engine/dist/heddle.mjs`. */
const root = join(fileURLToPath(import.meta.url), '..', '..', '..')

function rootManifest() {
  return asObject(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
}

function builtFaces() {
  const faces = { runtime: join(root, 'runtime-ui/dist'), designer: join(root, 'designer/dist') }
  return existsSync(join(faces.runtime, 'index.html')) ? faces : undefined
}

function readConfig() {
  const config = parseConfig(process.env, root, asText(asObject(rootManifest().heddle).demo))
  armFault(config.fault)
  return config
}

process.exitCode = await runCommand(process.argv.slice(2), () => ({
  config: readConfig(),
  root,
  places: { migrations: join(root, 'engine/migrations'), plugins: join(root, 'plugins'), faces: builtFaces() },
}))
