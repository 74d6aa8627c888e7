import { LoadingOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { App, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { type ReactNode, useEffect, useSyncExternalStore } from 'react'
import { companyQuery } from '../api/company.ts'
import { meQuery } from '../api/session.ts'
import { type Locale, parseLocale } from '../i18n/locale.ts'
import { proposeLocale, useLocale } from '../i18n/setup.ts'
import { defaultPrimary, themeOf } from '../theme.ts'

const componentTexts = { 'zh-CN': zhCN, en: enUS } as const satisfies { [L in Locale]: object }
const reducedMotion = '(prefers-reduced-motion: reduce)'

/** Theme, company colour, language and title of an app: everything inside is drawn with them. */
export function Appearance({ children }: { readonly children: ReactNode }) {
  const locale = useLocale()
  const { data: company } = useQuery(companyQuery)
  // Read by the pages that need somebody signed in; here nobody is asked for.
  const { data: me } = useQuery({ ...meQuery, enabled: false })
  const isReduced = useMedia(reducedMotion)
  useEffect(() => {
    if (company !== undefined) document.title = company.name
  }, [company])
  const proposed = parseLocale(me?.locale) ?? company?.locales[0]
  useEffect(() => void proposeLocale(proposed), [proposed])
  return (
    <ConfigProvider
      locale={componentTexts[locale]}
      theme={themeOf(company?.primary ?? defaultPrimary, isReduced ? 'reduced' : 'full')}
      // Without an icon of its own, a button leaves its spinner by an animation that can stay unfinished.
      button={{ autoInsertSpace: false, loadingIcon: <LoadingOutlined /> }}
    >
      <App component={false} message={{ maxCount: 3 }} notification={{ placement: 'bottomLeft' }}>
        {children}
      </App>
    </ConfigProvider>
  )
}

/** Whether a media query holds now. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query)
      list.addEventListener('change', changed)
      return () => list.removeEventListener('change', changed)
    },
    () => matchMedia(query).matches,
  )
}
