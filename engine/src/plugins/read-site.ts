import { join } from 'node:path'
import {
  addressOf,
  asText,
  compileValidator,
  type Definition,
  documentToOverrides,
  kinds,
  nearest,
  type Override,
} from '@heddle/metadata'
import overridesSchema from '@heddle/metadata/schemas/overrides.json' with { type: 'json' }
import pluginsSchema from '@heddle/metadata/schemas/plugins.json' with { type: 'json' }
import { pluginInvalid } from './plugin-errors.ts'
import { listFolder, readDefinitions, readFolder, readObject } from './read-folder.ts'

/** A site layer as its folder says. */
export interface Site {
  readonly definitions: readonly Definition[]
  readonly overrides: readonly Override[]
  /** Versions of the plugins that it was made for. */
  readonly plugins: { readonly [name: string]: string }
}

/** The file that marks a folder as a site's and names its plugins. */
export const pluginsFile = 'plugins.json'

const validatePlugins = compileValidator(pluginsSchema)
const validateOverrides = compileValidator(overridesSchema)

/** Reads a site's folder. @throws Fault naming the file that is wrong */
export async function readSite(folder: string): Promise<Site> {
  const file = join(folder, pluginsFile)
  const plugins = await readObject(file)
  const [fault] = validatePlugins(plugins)
  if (fault !== undefined) throw pluginInvalid(file, `${fault.path} ${fault.message}`)
  return {
    definitions: await readDefinitions(folder),
    overrides: await readOverrides(join(folder, 'overrides')),
    plugins: Object.fromEntries(Object.entries(plugins).map(([name, version]) => [name, asText(version) ?? ''])),
  }
}

async function readOverrides(folder: string): Promise<Override[]> {
  const names = (await listFolder(folder)).filter((name) => !name.startsWith('.')).sort()
  const groups = await Promise.all(names.map((kind) => readOverridesOf(folder, kind)))
  return groups.flat()
}

async function readOverridesOf(folder: string, kind: string): Promise<Override[]> {
  if (!Object.hasOwn(kinds, kind)) {
    const near = nearest(kind, Object.keys(kinds))
    throw pluginInvalid(join(folder, kind), `there is no such kind${near ? `; did you mean “${near}”?` : '.'}`)
  }
  const documents = await readFolder(join(folder, kind), kind)
  return documents.flatMap((document) => {
    const [fault] = validateOverrides(document.body)
    const file = join(folder, kind, `${document.name}.json`)
    if (fault !== undefined) throw pluginInvalid(file, `${fault.path} ${fault.message}`)
    return documentToOverrides(addressOf(document), document.body)
  })
}
