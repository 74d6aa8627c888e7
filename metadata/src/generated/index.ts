// Made from metadata/schemas by “npm run generate”; change the schema instead.

export type { EntityBody } from './entity.ts'
export type { FormBody } from './form.ts'
export type { MenuBody } from './menu.ts'
export type { OptionSetBody } from './option-set.ts'
export type { OverridesBody } from './overrides.ts'
export type { PluginBody } from './plugin.ts'
export type { PluginsBody } from './plugins.ts'
export type { RoleBody } from './role.ts'
export type { SettingsBody } from './settings.ts'
export type { TranslationBody } from './translation.ts'
export type { ViewBody } from './view.ts'
