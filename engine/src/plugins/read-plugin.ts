import { readdir, readFile } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import {
  asObject,
  asText,
  compileValidator,
  type Definition,
  isObject,
  type JsonObject,
  kinds,
  type Layer,
} from '@heddle/metadata'
import pluginSchema from '@heddle/metadata/schemas/plugin.json' with { type: 'json' }
import { folderUnreadable, pluginInvalid } from '../errors.ts'

/** A plugin as its folder says. */
export interface Plugin {
  readonly name: string
  readonly version: string
  readonly requires: readonly string[]
  readonly layer: Layer
  readonly folder: string
}

const validateManifest = compileValidator(
  Object.fromEntries(Object.entries(pluginSchema).filter(([key]) => key !== '$id')),
)

/** Reads a plugin's folder. @throws Fault naming the file that is wrong */
export async function readPlugin(folder: string): Promise<Plugin> {
  const manifest = await readObject(join(folder, 'plugin.json'))
  const [fault] = validateManifest(manifest)
  if (fault !== undefined) throw pluginInvalid(join(folder, 'plugin.json'), `${fault.path} ${fault.message}`)
  const name = asText(manifest.name) ?? basename(folder)
  return {
    name,
    version: asText(manifest.version) ?? '0.0.0',
    requires: Object.keys(asObject(manifest.requires)).filter((required) => required !== 'heddle'),
    layer: {
      owner: name,
      definitions: await readDefinitions(folder),
      extensions: await readFolder(join(folder, 'extends'), 'entity'),
      overrides: [],
    },
    folder,
  }
}

/** The plugin of that name with everything it requires, in the order in which they are installed. */
export async function readWithRequirements(pluginsFolder: string, name: string): Promise<Plugin[]> {
  const plugins = new Map<string, Plugin>()
  const visit = async (wanted: string, path: readonly string[]): Promise<void> => {
    if (path.includes(wanted)) throw pluginInvalid(wanted, `it requires itself: ${[...path, wanted].join(' → ')}.`)
    if (plugins.has(wanted)) return
    const plugin = await readPlugin(join(pluginsFolder, wanted))
    for (const required of plugin.requires) await visit(required, [...path, wanted])
    plugins.set(wanted, plugin)
  }
  await visit(name, [])
  return [...plugins.values()]
}

/** Every definition of a folder laid out like a plugin, by kind in the registry's order and then by name. */
export async function readDefinitions(folder: string): Promise<Definition[]> {
  const groups = await Promise.all(
    Object.entries(kinds).map(([kind, definition]) => readFolder(join(folder, definition.folder), kind)),
  )
  return groups.flat()
}

async function readFolder(folder: string, kind: string): Promise<Definition[]> {
  const files = (await listFiles(folder)).filter((file) => extname(file) === '.json').sort()
  return Promise.all(
    files.map(async (file) => ({ kind, name: basename(file, '.json'), body: await readObject(join(folder, file)) })),
  )
}

async function listFiles(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (error instanceof Error && Reflect.get(error, 'code') === 'ENOENT') return []
    throw error
  }
}

/** A JSON object from a file. @throws Fault naming the file */
export async function readObject(file: string): Promise<JsonObject> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch {
    throw folderUnreadable(file)
  }
  const value = parse(file, text)
  if (!isObject(value)) throw pluginInvalid(file, 'it must hold a JSON object.')
  return value
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw pluginInvalid(file, error instanceof Error ? error.message : 'it is no JSON.')
  }
}
