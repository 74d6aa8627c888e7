import { basename, dirname, join } from 'node:path'
import { asObject, asText, compileValidator, type Layer, type Manifest } from '@heddle/metadata'
import pluginSchema from '@heddle/metadata/schemas/plugin.json' with { type: 'json' }
import { pluginInvalid, pluginOutOfRange, pluginRequired } from './plugin-errors.ts'
import { isFile, readDefinitions, readFolder, readObject } from './read-folder.ts'
import { isInRange } from './version-range.ts'

/** A plugin as its folder says. */
export interface Plugin {
  readonly name: string
  readonly version: string
  readonly layer: Layer & { readonly manifest: Manifest }
  readonly folder: string
}

const validateManifest = compileValidator(
  Object.fromEntries(Object.entries(pluginSchema).filter(([key]) => key !== '$id')),
)

/** Reads a plugin's folder. @throws Fault naming the file that is wrong */
export async function readPlugin(folder: string): Promise<Plugin> {
  const body = await readObject(join(folder, 'plugin.json'))
  const [fault] = validateManifest(body)
  if (fault !== undefined) throw pluginInvalid(join(folder, 'plugin.json'), `${fault.path} ${fault.message}`)
  const name = asText(body.name) ?? basename(folder)
  const version = asText(body.version) ?? '0.0.0'
  const { heddle, ...requires } = asObject(body.requires)
  requireLanguage(name, asText(heddle))
  return {
    name,
    version,
    layer: {
      owner: name,
      manifest: {
        version,
        requires: Object.fromEntries(Object.entries(requires).map(([key, range]) => [key, String(range)])),
      },
      definitions: await readDefinitions(folder),
      extensions: await readFolder(join(folder, 'extends'), 'entity'),
      overrides: [],
    },
    folder,
  }
}

/** The version of what plugins are written in; a manifest's “heddle” is a range of it. */
const languageVersion = '1.0.0'

function requireLanguage(name: string, range: string | undefined): void {
  if (range === undefined || isInRange(languageVersion, range)) return
  throw pluginOutOfRange(name, `heddle ${range}`, languageVersion)
}

/**
 * The plugin in a folder behind everything it requires, in the order in which they are installed. What it requires is
 * looked up beside it, unless it is among `present`.
 */
export async function readWithRequirements(
  folder: string,
  present: ReadonlySet<string> = new Set(),
): Promise<Plugin[]> {
  const plugins = new Map<string, Plugin>()
  const visit = async (plugin: Plugin, path: readonly string[]): Promise<void> => {
    const { name, layer } = plugin
    if (path.includes(name)) throw pluginInvalid(name, `it requires itself: ${[...path, name].join(' → ')}.`)
    for (const required of Object.keys(layer.manifest.requires)) {
      if (present.has(required) || plugins.has(required)) continue
      await visit(await readRequired(join(dirname(folder), required), required, name), [...path, name])
    }
    plugins.set(name, plugin)
  }
  await visit(await readPlugin(folder), [])
  return [...plugins.values()]
}

async function readRequired(folder: string, required: string, by: string): Promise<Plugin> {
  if (!(await isFile(join(folder, 'plugin.json')))) throw pluginRequired(by, required)
  return readPlugin(folder)
}
