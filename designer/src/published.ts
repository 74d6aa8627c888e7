import { asObject, asText, kinds } from '@heddle/metadata'
import { type Locale, request } from '@heddle/runtime-ui'
import { queryOptions } from '@tanstack/react-query'

/** One definition of the live release. */
export interface PublishedItem {
  readonly kind: string
  readonly name: string
  readonly title: string
  /** The plugin it comes from, or the site. */
  readonly owner: string
}

/** The live release: its number and what it is made of. */
export interface Published {
  readonly number: number
  readonly items: readonly PublishedItem[]
}

/** What is published, with titles in that language; followed like everything that is made from a release. */
export function publishedQuery(locale: Locale) {
  return queryOptions({
    queryKey: ['release', 'published', locale],
    queryFn: async ({ signal }) => parsePublished((await request(`/api/metadata?locale=${locale}`, { signal })).body),
  })
}

/** The definitions whose title or name has the text, by kind in the kinds' own order. */
export function groupedByKind({ items }: Published, text: string): { kind: string; items: PublishedItem[] }[] {
  const wanted = text.trim().toLowerCase()
  const matching = items.filter(({ name, title }) => `${title}\n${name}`.toLowerCase().includes(wanted))
  const order = [...new Set([...Object.keys(kinds), ...items.map(({ kind }) => kind)])]
  return order
    .map((kind) => ({ kind, items: matching.filter((item) => item.kind === kind) }))
    .filter((group) => group.items.length > 0)
}

function parsePublished(body: unknown): Published {
  const { release, items } = asObject(body)
  return {
    number: Number(release),
    items: (Array.isArray(items) ? items.map(asObject) : []).map(({ kind, name, title, owner }) => ({
      kind: asText(kind) ?? '',
      name: asText(name) ?? '',
      title: asText(title) ?? asText(name) ?? '',
      owner: asText(owner) ?? '',
    })),
  }
}
