import { asObject, asText } from '@heddle/metadata'
import { queryOptions } from '@tanstack/react-query'
import { request } from './request.ts'

/** A record that has the words one looks for. */
export interface FoundRecord {
  readonly entity: string
  readonly id: string
  /** Empty when the reader may not see what names it. */
  readonly label: string
}

/** Records of all entities with these words, a few of each. */
export function searchQuery(text: string) {
  return queryOptions({
    queryKey: ['records', '', 'search', text],
    queryFn: async ({ signal }): Promise<readonly FoundRecord[]> => {
      const { items } = asObject((await request(`/api/search?q=${encodeURIComponent(text)}`, { signal })).body)
      return (Array.isArray(items) ? items.map(asObject) : []).map(({ entity, id, label }) => ({
        entity: asText(entity) ?? '',
        id: asText(id) ?? '',
        label: asText(label) ?? '',
      }))
    },
    enabled: text !== '',
  })
}
