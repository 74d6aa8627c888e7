// Made from metadata/schemas/settings.json by “npm run generate”; change the schema instead.

export type MegabytesOfTheLargestFile = number

export interface SettingsBody {
  company?: {
    name: string
    logo?: string
  }
  theme?: {
    primary?: string
  }
  timezone?: string
  currency?: string
  rates?: {
    [k: string]: number
  }
  files?: {
    limit?: MegabytesOfTheLargestFile
  }
  /**
   * @minItems 1
   */
  locales?: ('zh-CN' | 'en')[]
}
