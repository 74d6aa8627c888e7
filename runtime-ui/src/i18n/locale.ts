import { deviceStore } from '../device-store.ts'

/** The languages both apps speak, the first one by default. */
export const locales = ['zh-CN', 'en'] as const
/** A language of the apps. */
export type Locale = (typeof locales)[number]

const storageKey = 'heddle.locale'

/** The language in that text, undefined when the apps do not speak it. */
export function parseLocale(text: string | null | undefined): Locale | undefined {
  return locales.find((locale) => locale === text)
}

/** The language this person chose on this device. */
export function storedLocale(): Locale | undefined {
  return parseLocale(deviceStore.getItem(storageKey))
}

/** Remembers the language this person chose. */
export function storeLocale(locale: Locale): void {
  deviceStore.setItem(storageKey, locale)
}
