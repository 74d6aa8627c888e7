import { access, readdir, readFile } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { type Definition, isObject, type JsonObject, kinds } from '@heddle/metadata'
import { folderUnreadable, pluginInvalid } from './plugin-errors.ts'

/** Every definition of a folder laid out like a plugin, by kind in the registry's order and then by name. */
export async function readDefinitions(folder: string): Promise<Definition[]> {
  const groups = await Promise.all(
    Object.entries(kinds).map(([kind, definition]) => readFolder(join(folder, definition.folder), kind)),
  )
  return groups.flat()
}

/** The JSON files of one folder as definitions of a kind; none when there is no such folder. */
export async function readFolder(folder: string, kind: string): Promise<Definition[]> {
  const files = (await listFolder(folder)).filter((file) => extname(file) === '.json').sort()
  return Promise.all(
    files.map(async (file) => ({ kind, name: basename(file, '.json'), body: await readObject(join(folder, file)) })),
  )
}

/** The names in a folder; none when there is no such folder. */
export async function listFolder(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (error instanceof Error && Reflect.get(error, 'code') === 'ENOENT') return []
    throw error
  }
}

/** Whether there is something at that path. */
export function isFile(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
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
