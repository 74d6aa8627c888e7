// Made from metadata/schemas/plugins.json by “npm run generate”; change the schema instead.

export interface PluginsBody {
  [k: string]: string
}
