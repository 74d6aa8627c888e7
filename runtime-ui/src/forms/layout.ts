import {
  asObject,
  asText,
  type Entity,
  type Field,
  fieldTypeOf,
  type JsonObject,
  type Release,
  siteOwner,
} from '@heddle/metadata'
import type { FieldTraits } from '../fields/widget.ts'

/** One field at its place in a form. */
export interface Place {
  readonly field: Field
  /** How many columns of the section it takes. */
  readonly span: number
  /** Columns of a line table in order, with their widths; the child's own order when absent. */
  readonly columns: JsonObject | undefined
}

/** A titled part of a tab; `visible` is FEEL. */
export interface Section {
  readonly id: string
  readonly title: string
  readonly columns: number
  readonly visible: string | undefined
  readonly places: readonly Place[]
}

/** A page of the form; `visible` is FEEL. */
export interface Tab {
  readonly id: string
  readonly title: string
  readonly visible: string | undefined
  readonly sections: readonly Section[]
}

/** Where everything stands before anything is hidden. */
export type Layout = readonly Tab[]

/** Words of a generated form, and how types want to be placed. */
export interface LayoutTerms {
  readonly traitsOf: (field: Field) => FieldTraits
  readonly titles: { readonly basics: string; readonly computed: string }
}

/** The layout a form definition gives: the named one, the entity's default one, or one made from its fields. */
export function layoutOf(release: Release, entity: Entity, terms: LayoutTerms, formName?: string): Layout {
  const body = formBody(release, entity, formName)
  return body === undefined ? generatedLayout(entity, terms) : authoredLayout(entity, body, terms)
}

/** What decides which parts of a layout are shown. */
export interface Showing {
  readonly isShown: (field: Field) => boolean
  readonly holds: (condition: string) => boolean
  /** A field that must be seen wherever it stands. */
  readonly isDemanded?: (field: Field) => boolean
}

/** The layout without what is hidden now: no empty section, no empty tab, no hole. */
export function shownLayout(layout: Layout, { isShown, holds, isDemanded = () => false }: Showing): Layout {
  const placesIn = (section: Section, isOpen: boolean) =>
    section.places.filter(({ field }) => isDemanded(field) || (isOpen && isShown(field)))
  const passes = ({ visible }: { readonly visible: string | undefined }) => visible === undefined || holds(visible)
  return layout
    .map((tab) => ({
      ...tab,
      sections: tab.sections
        .map((section) => ({ ...section, places: placesIn(section, passes(tab) && passes(section)) }))
        .filter((section) => section.places.length > 0),
    }))
    .filter((tab) => tab.sections.length > 0)
}

/** Every place of a layout in reading order. */
export function placesOf(layout: Layout): Place[] {
  return layout.flatMap((tab) => tab.sections.flatMap((section) => section.places))
}

function formBody(release: Release, entity: Entity, formName: string | undefined): JsonObject | undefined {
  const named = formName === undefined ? undefined : release.definitions.get(`form/${formName}`)?.body
  if (named !== undefined) return named
  const forms = [...release.definitions.values()].filter(
    ({ kind, body }) => kind === 'form' && body.entity === entity.name,
  )
  const home = release.definitions.get(`entity/${entity.name}`)?.owner
  const defaults = forms.filter(({ body }) => body.default === true)
  // A form from further up the layers, the site's before any, was made to stand in for the one that came with the entity.
  const rankOf = ({ owner }: { readonly owner: string }) => (owner === siteOwner ? 0 : owner === home ? 2 : 1)
  return (defaults.length === 0 ? forms : defaults).toSorted((a, b) => rankOf(a) - rankOf(b))[0]?.body
}

function authoredLayout(entity: Entity, body: JsonObject, terms: LayoutTerms): Layout {
  return Object.entries(asObject(body.tabs)).map(([id, tabBody]) => {
    const tab = asObject(tabBody)
    const sections = Object.entries(asObject(tab.sections)).map(([sectionId, section]) =>
      authoredSection(entity, sectionId, asObject(section), terms),
    )
    return { id, title: asText(tab.title) ?? id, visible: asText(tab.visible), sections }
  })
}

function authoredSection(entity: Entity, id: string, section: JsonObject, terms: LayoutTerms): Section {
  const columns = typeof section.columns === 'number' ? section.columns : 2
  const places = Object.entries(asObject(section.fields)).flatMap(([name, value]) => {
    const field = entity.fields.get(name)
    if (field === undefined) return []
    const place = asObject(value)
    const wanted = typeof place.span === 'number' ? place.span : terms.traitsOf(field).isWide ? columns : 1
    const shown = place.columns === undefined ? undefined : asObject(place.columns)
    return [{ field, span: Math.min(wanted, columns), columns: shown }]
  })
  return { id, title: asText(section.title) ?? id, columns, visible: asText(section.visible), places }
}

/** Written fields first, what the engine computes after them, big parts in sections of their own. */
function generatedLayout(entity: Entity, { traitsOf, titles }: LayoutTerms): Layout {
  const fields = [...entity.fields.values()]
  const big = fields.filter((field) => traitsOf(field).hasOwnSection)
  const small = fields.filter((field) => !big.includes(field))
  const isComputed = (field: Field) => fieldTypeOf(field.type).source === 'computed'
  const written = small.filter((field) => !isComputed(field))
  const columns = 2
  const place = (field: Field) => ({ field, span: traitsOf(field).isWide ? columns : 1, columns: undefined })
  const sections = [
    { id: 'basics', title: titles.basics, places: written.map(place) },
    ...big.map((field) => ({ id: field.name, title: field.title, places: [place(field)] })),
    { id: 'computed', title: titles.computed, places: small.filter(isComputed).map(place) },
  ]
  const shown = sections
    .filter(({ places }) => places.length > 0)
    .map((section) => ({ ...section, columns, visible: undefined }))
  return [{ id: 'basics', title: entity.title, visible: undefined, sections: shown }]
}
