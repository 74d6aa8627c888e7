import { CloseOutlined, ExpandAltOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import { recordQuery } from '../api/records.ts'
import { RecordSummary } from '../record/RecordSummary.tsx'
import { Failure } from '../shell/Failure.tsx'
import type { List } from './use-list.ts'

/** A record beside its list. */
export function PeekPanel({ list, id }: { readonly list: List; readonly id: string }) {
  const { t } = useTranslation()
  const { entity, release, change } = list
  const record = useQuery(recordQuery(entity.name, id))
  return (
    <aside className="heddle-peek" aria-label={t('list.peek')}>
      <header>
        <span className="heddle-unit">{entity.title}</span>
        <Link to="/record/$entity/$id" params={{ entity: entity.name, id }} className="heddle-peek-open">
          <ExpandAltOutlined aria-hidden /> {t('list.open')}
        </Link>
        <Button
          type="text"
          icon={<CloseOutlined />}
          aria-label={t('common.close')}
          onClick={() => change.peek(undefined)}
        />
      </header>
      {record.data !== undefined && <RecordSummary entity={entity} release={release} record={record.data} />}
      {record.isPending && <Skeleton active className="heddle-late" />}
      {record.error !== null && <Failure error={record.error} onRetry={() => void record.refetch()} />}
    </aside>
  )
}
