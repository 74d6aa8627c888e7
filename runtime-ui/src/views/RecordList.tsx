import { asText } from '@heddle/metadata'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import { useCallback, useMemo } from 'react'
import { recordsQuery } from '../api/records.ts'
import { Failure } from '../shell/Failure.tsx'
import { EmptyList } from './EmptyList.tsx'
import { ListFooter } from './ListFooter.tsx'
import { RecordCards } from './RecordCards.tsx'
import { RecordGrid } from './RecordGrid.tsx'
import { neighbour, rowsOf } from './rows.ts'
import { SelectionBar } from './SelectionBar.tsx'
import type { List } from './use-list.ts'
import { useSelection } from './use-selection.ts'

/** The records of a list as a grid, or as cards on a phone; more are loaded as one scrolls. */
export function RecordList({ list, isPhone }: { readonly list: List; readonly isPhone: boolean }) {
  const { entity, query, view, change } = list
  const navigate = useNavigate()
  const pages = useInfiniteQuery({ ...recordsQuery(entity.name, query), placeholderData: keepPreviousData })
  const records = useMemo(() => pages.data?.pages.flatMap((page) => page.items) ?? [], [pages.data])
  const rows = useMemo(() => rowsOf(records, view.group), [records, view.group])
  const selection = useSelection(records)
  const open = useCallback(
    (id: string) => void navigate({ to: '/record/$entity/$id', params: { entity: entity.name, id } }),
    [navigate, entity.name],
  )
  if (pages.isPending) return <ListSkeleton />
  if (pages.error !== null && records.length === 0) {
    return <Failure error={pages.error} onRetry={() => void pages.refetch()} />
  }
  if (records.length === 0) return <EmptyList list={list} />
  const content = {
    list,
    rows,
    selection,
    isStale: pages.isPlaceholderData,
    hasMore: pages.hasNextPage,
    onMore: () => void (pages.isFetching || pages.fetchNextPage()),
    onOpen: open,
    onPeek: change.peek,
    onWalk: (step: number) => change.peek(asText(neighbour(records, list.peek, step)?.id)),
  }
  return (
    <section className="heddle-records" aria-label={list.title} aria-busy={pages.isFetching}>
      {isPhone ? <RecordCards {...content} /> : <RecordGrid {...content} />}
      <ListFooter list={list} total={pages.data?.pages[0]?.total} shown={records.length} isPhone={isPhone} />
      <SelectionBar
        list={list}
        records={records.filter(({ id }) => selection.ids.has(asText(id) ?? ''))}
        selection={selection}
      />
    </section>
  )
}

/** Shown when loading takes longer than a moment. */
function ListSkeleton() {
  return (
    <div className="heddle-records heddle-late" aria-busy>
      {Array.from({ length: 8 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders are all alike
        <Skeleton.Node key={index} active className="heddle-skeleton-row" />
      ))}
    </div>
  )
}
