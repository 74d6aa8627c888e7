import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { kinds, type Layer } from '@heddle/metadata'
import { folderForeign } from './plugin-errors.ts'
import { isFile, listFolder } from './read-folder.ts'
import { pluginsFile } from './read-site.ts'
import { siteFiles } from './site-files.ts'

/**
 * Writes the site's layer into a folder that is new, empty or an earlier export; what that one has too much goes. Returns
 * the paths of all files.
 * @throws Fault when the folder holds anything else
 */
export async function exportSite(folder: string, layers: readonly Layer[]): Promise<string[]> {
  const names = (await listFolder(folder)).filter((name) => !name.startsWith('.'))
  if (names.length > 0 && !(await isFile(join(folder, pluginsFile)))) throw folderForeign(folder)
  const files = siteFiles(layers)
  for (const path of await exportedFiles(folder)) if (!files.has(path)) await rm(join(folder, path))
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  return [...files.keys()]
}

/** The files of an earlier export. */
async function exportedFiles(folder: string): Promise<string[]> {
  const folders = Object.entries(kinds).flatMap(([kind, definition]) => [definition.folder, `overrides/${kind}`])
  const lists = await Promise.all(
    folders.map(async (each) => (await listFolder(join(folder, each))).map((name) => `${each}/${name}`)),
  )
  return lists.flat().filter((path) => extname(path) === '.json')
}
