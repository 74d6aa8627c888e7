import type { Address } from '../definition.ts'
import type { Effective } from '../layers/fold.ts'
import { type KeyedMemory, rememberBy } from '../remember.ts'
import { type Release, resolveRelease } from './compile-release.ts'
import { localizeBody } from './localize.ts'

const memory: KeyedMemory<Release> = new WeakMap()

/**
 * The release with the texts of its entities and options in `locale`; nothing else differs. What has no translation
 * stays in the source language.
 */
export function localizeRelease(release: Release, locale: string): Release {
  if (!release.definitions.has(`translation/${locale}`)) return release
  return rememberBy(memory, release, locale, () =>
    resolveRelease({ ...release, definitions: inLocale(release, locale) }, locale),
  )
}

function inLocale({ definitions }: Release, locale: string): Map<Address, Effective> {
  return new Map(
    [...definitions].map(([address, definition]) => {
      const body = localizeBody(definitions, address, definition.body, locale)
      return [address, body === definition.body ? definition : { ...definition, body }]
    }),
  )
}
