import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { isSummed } from '../fields/summed.ts'
import { labelOf } from '../record/RecordSummary.tsx'
import { GroupHeading } from './GroupHeading.tsx'
import type { ListContent } from './list-content.ts'
import type { Row } from './rows.ts'
import type { List } from './use-list.ts'

const cardHeight = 68
const lookahead = 20
/** How many values besides the label a card has room for. */
const facts = 3

/** The records of a list for a phone: one under the other, a tap opens. */
export function RecordCards({ list, rows, isStale, hasMore, onMore, onOpen }: ListContent) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'group' ? 36 : cardHeight),
    overscan: 8,
    getItemKey: (index) => rows[index]?.id ?? index,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && last >= rows.length - lookahead) onMore()
  }, [hasMore, last, rows.length, onMore])
  return (
    <div ref={scroller} className={isStale ? 'heddle-cards heddle-stale' : 'heddle-cards'}>
      <ul style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start, size, key }) => {
          const row = rows[index]
          return row === undefined ? null : (
            <li key={key} style={{ top: start, height: size }}>
              {row.kind === 'group' ? (
                <h2>
                  <GroupHeading list={list} row={row} isPhone />
                </h2>
              ) : (
                <Card list={list} row={row} onOpen={onOpen} />
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

function Card({
  list,
  row,
  onOpen,
}: {
  readonly list: List
  readonly row: Row
  readonly onOpen: (id: string) => void
}) {
  const filled = list.columns.filter(({ name }) => name !== list.entity.label && (row.record[name] ?? null) !== null)
  const amount = filled.find(({ field }) => field !== undefined && isSummed(field))
  const shown = filled.filter((column) => column !== amount)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: the link inside is for keys
    <div className="heddle-card" onClick={() => onOpen(row.id)}>
      <span className="heddle-card-title">
        <a
          href={`/record/${list.entity.name}/${row.id}`}
          className="heddle-ellipsis"
          onClick={(event) => event.preventDefault()}
        >
          {labelOf(list.entity, row.record)}
        </a>
        {amount !== undefined && <span title={amount.title}>{amount.content(row.record)}</span>}
      </span>
      <span className="heddle-card-facts">
        {shown.slice(0, facts).map((column) => (
          <span key={column.name} title={column.title} className="heddle-ellipsis">
            {column.content(row.record)}
          </span>
        ))}
      </span>
    </div>
  )
}
