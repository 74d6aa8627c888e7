import { asObject, asText, type Release } from '@heddle/metadata'
import { createContext, useContext } from 'react'
import type { Locale } from '../i18n/locale.ts'
import type { FormatSettings } from './format.ts'

/** Language, time zone and currency that values are shown in; the app's frame gives the company's. */
export const FormatContext = createContext<FormatSettings>({
  locale: 'zh-CN',
  timeZone: 'Asia/Shanghai',
  currency: 'CNY',
})

/** Language, time zone and currency that values are shown in. */
export function useFormat(): FormatSettings {
  return useContext(FormatContext)
}

/** The company's time zone and currency with the person's language. */
export function formatSettingsOf(release: Release, locale: Locale): FormatSettings {
  const settings = asObject(release.definitions.get('settings/site')?.body)
  return {
    locale,
    timeZone: asText(settings.timezone) ?? 'Asia/Shanghai',
    currency: asText(settings.currency) ?? 'CNY',
  }
}
