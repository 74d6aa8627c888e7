import { asText, type Entity, type JsonObject } from '@heddle/metadata'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { timelineQuery } from '../../api/timeline.ts'
import { Failure } from '../../shell/Failure.tsx'
import { useRelease } from '../../shell/session-context.ts'
import { CommentBox } from './CommentBox.tsx'
import { TimelineEntryView } from './TimelineEntryView.tsx'
import { timelineEntries } from './timeline-entries.ts'
import { useLabels } from './use-labels.ts'
import './timeline.css'

/** Everything that happened to a record and its lines, newest first, and the place to say something about it. */
export function Timeline({ entity, record }: { readonly entity: Entity; readonly record: JsonObject }) {
  const { t } = useTranslation()
  const release = useRelease()
  const id = asText(record.id) ?? ''
  const past = useInfiniteQuery(timelineQuery(entity.name, id))
  const items = useMemo(() => past.data?.pages.flatMap((page) => page.items) ?? [], [past.data])
  const entries = useMemo(() => timelineEntries(items, entity.name), [items, entity.name])
  const labels = useLabels(
    release,
    items.filter(({ kind }) => kind === 'updated'),
  )
  return (
    <div className="heddle-timeline">
      {record.deleted_at === null && <CommentBox key={id} entity={entity.name} id={id} />}
      {past.isPending && <Skeleton active className="heddle-late" />}
      {past.error !== null && items.length === 0 && <Failure error={past.error} onRetry={() => void past.refetch()} />}
      <ol aria-label={t('timeline.title')}>
        {entries.map((entry) => (
          <TimelineEntryView
            key={entry.key}
            entry={entry}
            release={release}
            entity={entity}
            record={record}
            labels={labels}
          />
        ))}
      </ol>
      {past.hasNextPage && (
        <Button block type="text" loading={past.isFetchingNextPage} onClick={() => void past.fetchNextPage()}>
          {t('timeline.earlier')}
        </Button>
      )}
    </div>
  )
}
