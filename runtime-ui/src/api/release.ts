import {
  type Address,
  addressOf,
  asObject,
  asText,
  compileRelease,
  type Effective,
  emptyStorage,
  type Release,
} from '@heddle/metadata'
import { keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query'
import type { Locale } from '../i18n/locale.ts'
import { onReleaseSeen, request } from './request.ts'

const kinds = 'entity,option-set,form,view,menu,settings'

/** The live release with its texts in that language: what all pages are drawn from. */
export function releaseQuery(locale: Locale) {
  return queryOptions({
    queryKey: ['release', locale],
    queryFn: async ({ signal }) =>
      parseRelease(
        (await request(`/api/metadata?bodies=true&kinds=${kinds}&locale=${locale}`, { signal })).body,
        locale,
      ),
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
    placeholderData: keepPreviousData,
  })
}

/** Compiles what `GET /api/metadata?bodies=true` answers in that language. */
export function parseRelease(body: unknown, locale: Locale): Release {
  const { release, items } = asObject(body)
  const definitions = new Map<Address, Effective>()
  for (const item of Array.isArray(items) ? items.map(asObject) : []) {
    const definition = { kind: asText(item.kind) ?? '', name: asText(item.name) ?? '', body: asObject(item.body) }
    definitions.set(addressOf(definition), {
      ...definition,
      owner: asText(item.owner) ?? '',
      fieldOwners: new Map(),
    })
  }
  return compileRelease(Number(release), definitions, emptyStorage, locale)
}

/**
 * Reads the release again, and all that depends on it, as soon as an answer comes from a later one. Whatever an app makes
 * from a release, with the release's `number`, is kept under a key that begins with `release`.
 */
export function followRelease(client: QueryClient): () => void {
  return onReleaseSeen((live) => {
    const loaded = client.getQueriesData<Pick<Release, 'number'>>({ queryKey: ['release'] })
    const newest = Math.max(...loaded.map(([, release]) => release?.number ?? 0))
    if (newest <= 0 || live <= newest) return
    for (const queryKey of [['release'], ['me'], ['records'], ['company']]) {
      void client.invalidateQueries({ queryKey }, { cancelRefetch: false })
    }
  })
}
