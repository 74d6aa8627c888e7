// Makes metadata/src/generated from metadata/schemas; with --check it only tells what is not fresh.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile } from 'json-schema-to-typescript'

const root = fileURLToPath(new URL('../..', import.meta.url))
const schemas = join(root, 'metadata/schemas')
const folder = join(root, 'metadata/src/generated')
const style = { semi: false, singleQuote: true, printWidth: 120, trailingComma: 'all' }

const wanted = await generate()
const stale = staleFiles(wanted)
if (process.argv.includes('--check')) {
  for (const name of stale) console.error(`metadata/src/generated/${name} is not fresh; run “npm run generate”.`)
  process.exitCode = stale.length === 0 ? 0 : 1
} else {
  mkdirSync(folder, { recursive: true })
  for (const name of stale) {
    if (wanted.has(name)) writeFileSync(join(folder, name), wanted.get(name))
    else rmSync(join(folder, name))
  }
  console.log(stale.length === 0 ? 'Everything is fresh.' : `Wrote ${stale.join(', ')}.`)
}

/** Every generated file by name: one per kind, and an index of the kinds' bodies. */
async function generate() {
  const files = new Map()
  const exported = []
  for (const file of readdirSync(schemas).sort()) {
    const kind = basename(file, '.json')
    const schema = JSON.parse(readFileSync(join(schemas, file), 'utf8'))
    const type = `${pascal(kind)}Body`
    files.set(`${kind}.ts`, await typesOf(schema, type, `metadata/schemas/${file}`))
    exported.push(`export type { ${type} } from './${kind}.ts'\n`)
  }
  files.set('index.ts', `${banner('metadata/schemas')}\n${exported.join('')}`)
  return files
}

function typesOf({ $id: _id, description: _description, ...schema }, type, source) {
  // The types are named after titles: the kind's own is replaced, so that it never collides with a compiled form.
  return compile({ ...schema, title: type }, type, {
    bannerComment: banner(source),
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
    style,
  })
}

function banner(source) {
  return `// Made from ${source} by “npm run generate”; change the schema instead.\n`
}

/** The files that are missing, different or no longer wanted. */
function staleFiles(wanted) {
  const known = new Map(filesIn(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
  return [...new Set([...wanted.keys(), ...known.keys()])].filter((name) => wanted.get(name) !== known.get(name))
}

function filesIn(path) {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}

function pascal(kind) {
  return kind.replace(/(^|-)(\w)/g, (_match, _dash, letter) => letter.toUpperCase())
}
