import { useRouter } from '@tanstack/react-router'
import { Button, Empty, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { mayDo } from '../api/session.ts'
import { useSession } from '../shell/session-context.ts'
import type { List } from './use-list.ts'

/** Why there is nothing to see, and the one thing that helps. */
export function EmptyList({ list }: { readonly list: List }) {
  const { t } = useTranslation()
  const { me } = useSession()
  const router = useRouter()
  const entity = list.title
  const mayCreate = mayDo(me, list.entity.name, 'create')
  if (list.isTrash) return <Nothing title={t('list.emptyTrash')} hint={t('list.emptyTrashHint')} />
  if (list.search !== '' || list.filter.conditions.length > 0) {
    return (
      <Nothing
        title={t('list.emptyFiltered', { entity })}
        hint={t('list.emptyFilteredHint')}
        action={{ title: t('list.clear'), run: list.change.clear }}
      />
    )
  }
  const create = { title: t('list.create'), run: () => router.history.push(`/create/${list.entity.name}`) }
  if (list.view.where !== undefined) {
    return (
      <Nothing
        title={t('list.emptyView', { entity })}
        hint={t('list.emptyViewHint', { view: list.view.title })}
        action={mayCreate ? create : undefined}
      />
    )
  }
  return (
    <Nothing
      title={t('list.empty', { entity })}
      hint={t(mayCreate ? 'list.emptyHint' : 'list.emptyReadHint')}
      action={mayCreate ? create : undefined}
    />
  )
}

interface NothingProps {
  readonly title: string
  readonly hint: string
  readonly action?: { readonly title: string; readonly run: () => void } | undefined
}

function Nothing({ title, hint, action }: NothingProps) {
  return (
    <Empty
      className="heddle-empty"
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={
        <>
          <Typography.Text strong>{title}</Typography.Text>
          <br />
          <Typography.Text type="secondary">{hint}</Typography.Text>
        </>
      }
    >
      {action !== undefined && (
        <Button type="primary" onClick={action.run}>
          {action.title}
        </Button>
      )}
    </Empty>
  )
}
