import {
  ApiProblem,
  CompanyMark,
  Failure,
  LanguageSwitch,
  type Me,
  meQuery,
  queryClient,
  SignIn,
} from '@heddle/runtime-ui'
import { useQuery } from '@tanstack/react-query'
import { Button, Result, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { PublishedPage } from './PublishedPage.tsx'
import { designerTexts } from './texts.ts'

/** The designer, once the person is known and may design. */
export function App() {
  const { data: me, error, refetch } = useQuery(meQuery)
  if (error instanceof ApiProblem && error.status === 401) {
    return <SignIn onSignedIn={() => void queryClient.invalidateQueries()} />
  }
  if (me === undefined) {
    return error === null ? <Skeleton active /> : <Failure error={error} onRetry={() => void refetch()} />
  }
  return (
    <DesignerFrame>
      <Permitted me={me}>
        <PublishedPage />
      </Permitted>
    </DesignerFrame>
  )
}

function Permitted({ me, children }: { readonly me: Me; readonly children: ReactNode }) {
  const { t } = useTranslation(designerTexts)
  if (me.system.includes('design')) return children
  return <Result status="403" title={t('notAllowed')} subTitle={t('notAllowedHint')} />
}

function DesignerFrame({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation(designerTexts)
  return (
    <div className="designer">
      <header className="designer-top">
        <CompanyMark size={24} withName />
        <span className="designer-title">{t('title')}</span>
        <LanguageSwitch />
        <Button type="text" href="/">
          {t('back')}
        </Button>
      </header>
      <main>{children}</main>
    </div>
  )
}
