import { Fault } from '../errors.ts'

/** Faults of folders that hold plugins or a site. */
export const pluginInvalid = (file: string, message: string) =>
  new Fault('plugin.invalid', 422, `${file} is not valid: ${message}`)

export const pluginRequired = (by: string, required: string) =>
  new Fault('plugin.required', 422, `“${by}” requires the plugin “${required}”, which is neither live nor beside it.`, {
    data: { by, required },
  })

export const pluginOutOfRange = (by: string, required: string, version: string) =>
  new Fault('plugin.version', 422, `“${by}” requires “${required}”, but it would be version ${version}.`, {
    data: { by, required, version },
  })

export const folderUnknown = (folder: string) =>
  new Fault('folder.unknown', 422, `${folder} holds neither a plugin (plugin.json) nor a site (plugins.json).`)

export const folderForeign = (folder: string) =>
  new Fault('folder.foreign', 409, `${folder} holds other files; export into an empty folder or an earlier export.`)

export const folderUnreadable = (file: string) =>
  new Fault('folder.unreadable', 422, `${file} cannot be read; give the folder of a plugin or of an export.`)

export const seedInvalid = (file: string, key: string, message: string) =>
  new Fault('seed.invalid', 422, `${file}, record “${key}”: ${message}`)
