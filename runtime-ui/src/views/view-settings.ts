import { asObject, asText, type JsonObject } from '@heddle/metadata'
import type { ColumnChoice } from './list-view.ts'

/** Height of rows. */
export type Density = 'comfortable' | 'compact'

/** What a person set for one view. */
export interface PersonalView {
  readonly columns?: readonly ColumnChoice[]
  /** As in `-amount,name`. */
  readonly sort?: string
}

/** What a person set for the lists of an entity. */
export interface ViewSettings {
  readonly density: Density
  readonly views: { readonly [view: string]: PersonalView }
}

/** Reads stored settings; whatever is not understood is as if never set. */
export function parseViewSettings(body: JsonObject): ViewSettings {
  const views = Object.entries(asObject(body.views)).map(([name, view]) => [name, parseView(asObject(view))] as const)
  return { density: body.density === 'compact' ? 'compact' : 'comfortable', views: Object.fromEntries(views) }
}

/** The settings as they are stored. */
export function renderViewSettings({ density, views }: ViewSettings): JsonObject {
  const rendered = Object.entries(views).map(([name, { columns, sort }]): [string, JsonObject] => [
    name,
    {
      ...(sort === undefined ? {} : { sort }),
      ...(columns === undefined ? {} : { columns: columns.map(({ name, width }) => ({ name, width: width ?? null })) }),
    },
  ])
  return { density, views: Object.fromEntries(rendered) }
}

/** The settings with that of one view replaced. */
export function withView(settings: ViewSettings, view: string, personal: PersonalView): ViewSettings {
  return { ...settings, views: { ...settings.views, [view]: personal } }
}

function parseView({ columns, sort }: JsonObject): PersonalView {
  const choices = (Array.isArray(columns) ? columns.map(asObject) : []).flatMap(({ name, width }) => {
    const column = asText(name)
    return column === undefined ? [] : [{ name: column, width: typeof width === 'number' ? width : undefined }]
  })
  const order = asText(sort)
  return { ...(choices.length === 0 ? {} : { columns: choices }), ...(order === undefined ? {} : { sort: order }) }
}
