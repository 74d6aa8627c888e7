import { asObject, asText, asTexts } from '@heddle/metadata'
import { queryOptions } from '@tanstack/react-query'
import { type Locale, parseLocale } from '../i18n/locale.ts'
import { request } from './request.ts'

/** What everyone may know of the company, signed in or not. */
export interface Company {
  readonly name: string
  readonly logo: string | undefined
  readonly primary: string | undefined
  readonly locales: readonly Locale[]
}

/** Name, logo, colour and languages of the company. */
export const companyQuery = queryOptions({
  queryKey: ['company'],
  queryFn: async ({ signal }): Promise<Company> => {
    const { name, logo, primary, locales } = asObject((await request('/api/settings/public', { signal })).body)
    return {
      name: asText(name) ?? 'Heddle',
      logo: asText(logo),
      primary: asText(primary),
      locales: asTexts(locales).flatMap((text) => parseLocale(text) ?? []),
    }
  },
  staleTime: 300_000,
})
