import { onlineManager, useQuery, useQueryClient } from '@tanstack/react-query'
import { Outlet, useRouter } from '@tanstack/react-router'
import { Alert } from 'antd'
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { followEvents } from '../api/live.ts'
import { ApiProblem } from '../api/problem.ts'
import { releaseQuery } from '../api/release.ts'
import { meQuery } from '../api/session.ts'
import { deviceStore } from '../device-store.ts'
import { FormatContext, formatSettingsOf } from '../fields/format-context.ts'
import { OpenRecordContext } from '../fields/RecordLink.tsx'
import { useLocale } from '../i18n/setup.ts'
import { useMedia } from './Appearance.tsx'
import { Failure } from './Failure.tsx'
import { GoTo } from './GoTo.tsx'
import { KeysDialog } from './KeysDialog.tsx'
import { phoneQuery } from './layout.ts'
import { menusOf } from './menus.ts'
import { PhoneBar } from './PhoneBar.tsx'
import { Rail } from './Rail.tsx'
import { type Session, SessionContext } from './session-context.ts'
import { TopBar } from './TopBar.tsx'
import { useKey } from './use-key.ts'
import { visibleRelease } from './visible-release.ts'

/** The frame of every page behind sign-in; it has the person and the live release, in the language in use. */
export function AppFrame() {
  const router = useRouter()
  const me = useQuery(meQuery)
  const release = useQuery(releaseQuery(useLocale()))
  const isSignedOut = me.error instanceof ApiProblem && me.error.status === 401
  useEffect(() => {
    if (isSignedOut) router.history.push(`/sign-in?to=${encodeURIComponent(router.latestLocation.href)}`)
  }, [isSignedOut, router])
  if (me.data !== undefined && release.data !== undefined) {
    return <Frame me={me.data} release={release.data} />
  }
  const error = me.error ?? release.error
  if (error === null || isSignedOut) return null
  return <Failure error={error} onRetry={() => void Promise.all([me.refetch(), release.refetch()])} />
}

function Frame({ me, release }: Session) {
  const session = useMemo(() => ({ me, release: visibleRelease(release, me.limits) }), [me, release])
  const client = useQueryClient()
  useEffect(() => followEvents(client), [client])
  const isPhone = useMedia(phoneQuery)
  const [isFinding, setFinding] = useState(false)
  const [showsKeys, setShowsKeys] = useState(false)
  const [isCollapsed, setCollapsed] = useState(() => deviceStore.getItem('heddle.rail') === 'narrow')
  useKey('mod+k', () => setFinding(true))
  useKey('?', () => setShowsKeys(true))
  const { t } = useTranslation()
  const menus = menusOf(session.release, session.me)
  const locale = useLocale()
  const format = useMemo(() => formatSettingsOf(session.release, locale), [session.release, locale])
  const router = useRouter()
  const openRecord = useCallback(
    (entity: string, id: string) => router.history.push(`/record/${entity}/${id}`),
    [router],
  )
  const collapse = (narrow: boolean) => {
    deviceStore.setItem('heddle.rail', narrow ? 'narrow' : 'wide')
    setCollapsed(narrow)
  }
  return (
    <SessionContext value={session}>
      <div className={isPhone ? 'heddle-app heddle-app-phone' : 'heddle-app'}>
        <a href="#main" className="heddle-skip">
          {t('shell.skip')}
        </a>
        {!isPhone && <Rail menus={menus} isCollapsed={isCollapsed} onCollapse={collapse} />}
        <TopBar menus={menus} onGoTo={() => setFinding(true)} onKeys={() => setShowsKeys(true)} />
        <main id="main" className="heddle-main" tabIndex={-1}>
          <OfflineNotice />
          <FormatContext value={format}>
            <OpenRecordContext value={openRecord}>
              <Outlet />
            </OpenRecordContext>
          </FormatContext>
        </main>
        {isPhone && <PhoneBar menus={menus} />}
      </div>
      <GoTo menus={menus} isOpen={isFinding} onClose={() => setFinding(false)} />
      <KeysDialog isOpen={showsKeys} onClose={() => setShowsKeys(false)} />
    </SessionContext>
  )
}

function OfflineNotice() {
  const { t } = useTranslation()
  const isOnline = useSyncExternalStore(
    (changed) => onlineManager.subscribe(changed),
    () => onlineManager.isOnline(),
  )
  return isOnline ? null : <Alert type="warning" banner title={t('shell.offline')} />
}
