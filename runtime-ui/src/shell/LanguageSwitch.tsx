import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { locales } from '../i18n/locale.ts'
import { chooseLocale, useLocale } from '../i18n/setup.ts'

/** What each language calls itself. */
export const languageNames = { 'zh-CN': '中文', en: 'English' } as const

/** Switches the language at once. */
export function LanguageSwitch() {
  const { t } = useTranslation()
  const locale = useLocale()
  return (
    <Segmented
      aria-label={t('signIn.language')}
      value={locale}
      options={locales.map((value) => ({ value, label: languageNames[value] }))}
      onChange={(value) => void chooseLocale(value)}
    />
  )
}
