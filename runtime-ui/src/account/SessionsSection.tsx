import { useQuery } from '@tanstack/react-query'
import { App, Button, Tag, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { endSessions, type OpenSession, sessionsQuery } from '../api/account.ts'
import { MomentCell } from '../fields/cells/TimeCell.tsx'
import { AccountSection } from './AccountSection.tsx'
import { useFaultText } from './use-fault-text.ts'

/** Where the person is signed in, and how to end it. */
export function SessionsSection() {
  const { t } = useTranslation('account')
  const { message } = App.useApp()
  const textOf = useFaultText()
  const { data: sessions = [] } = useQuery(sessionsQuery)
  const end = (which: Parameters<typeof endSessions>[0]) =>
    endSessions(which).then(
      () => void message.success(t('sessions.ended')),
      (error: unknown) => void message.error(textOf(error)),
    )
  return (
    <AccountSection title={t('sessions.title')}>
      <ul className="heddle-account-sessions">
        {sessions.map((session) => (
          <SessionItem key={session.id} session={session} onEnd={() => void end(session)} />
        ))}
      </ul>
      {sessions.length > 1 && <Button onClick={() => void end('others')}>{t('sessions.endOthers')}</Button>}
    </AccountSection>
  )
}

function SessionItem({ session, onEnd }: { readonly session: OpenSession; readonly onEnd: () => void }) {
  const { t } = useTranslation('account')
  const browser = session.browser ?? t('sessions.unknown')
  return (
    <li className="heddle-account-session">
      <div>
        {browser} {session.isCurrent && <Tag>{t('sessions.current')}</Tag>}
        <br />
        <Typography.Text type="secondary">
          {t('sessions.seen')} <MomentCell value={session.seenAt} /> · {t('sessions.since')}{' '}
          <MomentCell value={session.since} />
          {session.address !== undefined && ` · ${session.address}`}
        </Typography.Text>
      </div>
      {!session.isCurrent && (
        <Button onClick={onEnd} aria-label={t('sessions.endWhich', { browser })}>
          {t('sessions.end')}
        </Button>
      )}
    </li>
  )
}
