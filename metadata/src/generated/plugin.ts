// Made from metadata/schemas/plugin.json by “npm run generate”; change the schema instead.

export interface PluginBody {
  name: string
  version: string
  title: string
  description?: string
  requires?: {
    [k: string]: string
  }
  locales?: string[]
}
