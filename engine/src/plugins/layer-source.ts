import { join } from 'node:path'
import { type Layer, siteOwner } from '@heddle/metadata'
import { folderUnknown } from './plugin-errors.ts'
import { isFile } from './read-folder.ts'
import { type Plugin, readWithRequirements } from './read-plugin.ts'
import { pluginsFile, readSite, type Site } from './read-site.ts'

/** What a folder holds: a plugin behind those it requires, or the site's layer. */
export type LayerSource =
  | { readonly kind: 'plugins'; readonly plugins: readonly Plugin[] }
  | { readonly kind: 'site'; readonly site: Site }

/** Reads a plugin's folder (with a plugin.json) or a site's (with a plugins.json). @throws Fault naming what is wrong */
export async function readLayerSource(folder: string, live: readonly Layer[]): Promise<LayerSource> {
  if (await isFile(join(folder, 'plugin.json'))) {
    const present = new Set(live.map(({ owner }) => owner).filter((owner) => owner !== siteOwner))
    return { kind: 'plugins', plugins: await readWithRequirements(folder, present) }
  }
  if (await isFile(join(folder, pluginsFile))) return { kind: 'site', site: await readSite(folder) }
  throw folderUnknown(folder)
}
