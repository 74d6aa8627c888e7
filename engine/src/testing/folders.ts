import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Folders that a test file makes; `remove` them in `afterAll`. */
export interface TestFolders {
  /** A new folder with these files: texts as they are, anything else as JSON. */
  make(files?: { readonly [path: string]: unknown }): Promise<string>
  remove(): Promise<void>
}

/** Folders in one temporary folder. */
export function createTestFolders(): TestFolders {
  const root = mkdtemp(join(tmpdir(), 'heddle-folders-'))
  return {
    make: async (files = {}) => {
      const folder = await mkdtemp(join(await root, 'f-'))
      await writeFiles(folder, files)
      return folder
    },
    remove: async () => rm(await root, { recursive: true, force: true }),
  }
}

/** Writes files into a folder. */
export async function writeFiles(folder: string, files: { readonly [path: string]: unknown }): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content))
  }
}

/** The texts of all files in a folder, by path. */
export async function readFiles(folder: string): Promise<{ [path: string]: string }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const texts = await Promise.all(files.sort().map((file) => readFile(file, 'utf8')))
  return Object.fromEntries(files.sort().map((file, at) => [file.slice(folder.length + 1), texts[at] ?? '']))
}
