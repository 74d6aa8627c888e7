import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import i18next from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import accountEn from './account.en.json' with { type: 'json' }
import accountZhCN from './account.zh-CN.json' with { type: 'json' }
import en from './en.json' with { type: 'json' }
import formsEn from './forms.en.json' with { type: 'json' }
import formsZhCN from './forms.zh-CN.json' with { type: 'json' }
import { type Locale, locales, parseLocale, storedLocale, storeLocale } from './locale.ts'
import zhCN from './zh-CN.json' with { type: 'json' }

declare global {
  /** Texts by namespace; each app adds its own. */
  interface HeddleTexts {
    translation: typeof zhCN
    forms: typeof formsZhCN
    account: typeof accountZhCN
  }
}

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: HeddleTexts
  }
}

/** Starts the texts in the person's language; resolves when they can be used. */
export async function startTexts(): Promise<void> {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language
    dayjs.locale(language.toLowerCase())
  })
  await i18next.use(initReactI18next).init({
    lng: storedLocale() ?? locales[0],
    fallbackLng: locales[0],
    resources: {
      'zh-CN': { translation: zhCN, forms: formsZhCN, account: accountZhCN },
      en: { translation: en, forms: formsEn, account: accountEn },
    },
    interpolation: { escapeValue: false },
  })
  i18next.services.formatter?.add('within', (value) => withinSentence(String(value)))
}

/** A title as it stands inside an English sentence: “Sales order” is no name there, “GB 18401” and “VAT” are. */
export function withinSentence(title: string): string {
  return title.replace(/^\p{Lu}(?=\p{Ll})/u, (letter) => letter.toLowerCase())
}

/** The language in use. */
export function useLocale(): Locale {
  const { i18n } = useTranslation()
  return parseLocale(i18n.language) ?? locales[0]
}

/** Switches the language and remembers it on this device. */
export async function chooseLocale(locale: Locale): Promise<void> {
  storeLocale(locale)
  await i18next.changeLanguage(locale)
}

/** Takes over the account's or the company's language unless the person chose one on this device. */
export async function proposeLocale(locale: Locale | undefined): Promise<void> {
  if (locale === undefined || storedLocale() !== undefined) return
  await i18next.changeLanguage(locale)
}
