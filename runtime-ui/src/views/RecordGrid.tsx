import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { GridHead } from './GridHead.tsx'
import { GridRow } from './GridRow.tsx'
import { GroupHeading } from './GroupHeading.tsx'
import { gridRoles } from './grid-roles.ts'
import type { ListContent } from './list-content.ts'

const rowHeights = { comfortable: 40, compact: 32 } as const
/** Rows before the end at which the next page is asked for. */
const lookahead = 30

/** A table of records: virtual rows under a head that stays, walked with the arrow keys. */
export function RecordGrid(content: ListContent) {
  const { list, rows, selection, hasMore, onMore } = content
  const scroller = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState<string>()
  const current = list.peek ?? active
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeights[list.density],
    overscan: 10,
    getItemKey: (index) => rows[index]?.id ?? index,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && last >= rows.length - lookahead) onMore()
  }, [hasMore, last, rows.length, onMore])
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height are measured anew
  useEffect(() => virtual.measure(), [list.density, virtual])
  const position = rows.findIndex((row) => row.kind === 'record' && row.id === current)
  useEffect(() => {
    if (position >= 0) virtual.scrollToIndex(position, { align: 'auto' })
  }, [position, virtual])
  const template = `40px ${list.columns.map(({ width }) => `${width}px`).join(' ')} minmax(64px, 1fr)`
  const width = list.columns.reduce((sum, column) => sum + column.width, 104)
  const ids = rows.flatMap((row) => (row.kind === 'record' ? row.id : []))
  const onKeyDown = useGridKeys({ ...content, ids, current, setActive })
  const behaviour = {
    onKeyDown,
    'aria-label': list.title,
    'aria-rowcount': hasMore ? -1 : rows.length + 1,
    'aria-colcount': list.columns.length + 2,
    'aria-multiselectable': true,
    'aria-activedescendant': current === undefined || position < 0 ? undefined : `row-${current}`,
  }
  return (
    <div
      ref={scroller}
      {...gridRoles.grid}
      {...behaviour}
      className={content.isStale ? 'heddle-grid heddle-stale' : 'heddle-grid'}
      data-density={list.density}
    >
      <GridHead list={list} ids={ids} selection={selection} template={template} width={width} />
      <div {...gridRoles.rows} className="heddle-grid-rows" style={{ height: virtual.getTotalSize(), minWidth: width }}>
        {items.map(({ index, start, key }) => {
          const row = rows[index]
          if (row === undefined) return null
          const height = rowHeights[list.density]
          if (row.kind === 'group') {
            return (
              <div key={key} {...gridRoles.row} className="heddle-grid-group" style={{ top: start, height }}>
                <div {...gridRoles.cell}>
                  <GroupHeading list={list} row={row} isPhone={false} />
                </div>
              </div>
            )
          }
          return (
            <GridRow
              key={key}
              entity={list.entity}
              columns={list.columns}
              row={row}
              index={index}
              top={start}
              height={height}
              template={template}
              isActive={row.id === current}
              isSelected={selection.ids.has(row.id)}
              onToggle={selection.toggle}
              onPeek={content.onPeek}
              onOpen={content.onOpen}
            />
          )
        })}
      </div>
    </div>
  )
}

interface GridKeys extends ListContent {
  readonly ids: readonly string[]
  readonly current: string | undefined
  readonly setActive: (id: string | undefined) => void
}

/** Arrows walk, with the panel following when it is open; Enter opens, space ticks, Escape closes the panel. */
function useGridKeys({ list, ids, current, setActive, selection, onOpen, onPeek, onWalk }: GridKeys) {
  const walk = (step: number) => {
    if (list.peek !== undefined) return onWalk(step)
    const position = current === undefined ? -1 : ids.indexOf(current)
    setActive(ids[Math.min(Math.max(position + step, 0), ids.length - 1)])
  }
  const actions = new Map<string, () => void>([
    ['ArrowDown', () => walk(1)],
    ['ArrowUp', () => walk(-1)],
    ['PageDown', () => walk(10)],
    ['PageUp', () => walk(-10)],
    ['Home', () => walk(-ids.length)],
    ['End', () => walk(ids.length)],
    ['Enter', () => current !== undefined && onOpen(current)],
    [' ', () => current !== undefined && selection.toggle(current)],
    ['Escape', () => (list.peek === undefined ? selection.set([]) : onPeek(undefined))],
  ])
  return (event: KeyboardEvent) => {
    const action = actions.get(event.key)
    if (action === undefined || event.target !== event.currentTarget) return
    event.preventDefault()
    action()
  }
}
