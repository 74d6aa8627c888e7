import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons'
import { Checkbox } from 'antd'
import { type PointerEvent as ReactPointerEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Column, isSortable } from './columns.tsx'
import { gridRoles } from './grid-roles.ts'
import type { List } from './use-list.ts'
import type { Selection } from './use-selection.ts'

interface GridHeadProps {
  readonly list: List
  readonly ids: readonly string[]
  readonly selection: Selection
  readonly template: string
  readonly width: number
}

/** Titles of the columns: a click sorts, the right edge resizes. */
export function GridHead({ list, ids, selection, template, width }: GridHeadProps) {
  const { t } = useTranslation()
  const isWhole = ids.length > 0 && ids.every((id) => selection.ids.has(id))
  return (
    <div {...gridRoles.rows} className="heddle-grid-head" style={{ minWidth: width }}>
      <div {...gridRoles.row} className="heddle-grid-row" style={{ gridTemplateColumns: template }}>
        <div {...gridRoles.head} className="heddle-grid-tick">
          <Checkbox
            aria-label={t('list.selectAll')}
            checked={isWhole}
            indeterminate={!isWhole && selection.ids.size > 0}
            onChange={() => selection.set(isWhole ? [] : ids)}
          />
        </div>
        {list.columns.map((column) => (
          <HeadCell key={column.name} list={list} column={column} />
        ))}
        <div {...gridRoles.head}>
          <span className="heddle-visually-hidden">{t('list.open')}</span>
        </div>
      </div>
    </div>
  )
}

function HeadCell({ list, column }: { readonly list: List; readonly column: Column }) {
  const { t } = useTranslation()
  const key = list.sort.find(({ field }) => field === column.name)
  const turn = () => {
    if (key === undefined)
      list.change.sort([{ field: column.name, direction: column.feel === 'text' ? 'asc' : 'desc' }])
    else list.change.sort([{ field: column.name, direction: key.direction === 'asc' ? 'desc' : 'asc' }])
  }
  const order = key === undefined ? 'none' : key.direction === 'asc' ? 'ascending' : 'descending'
  return (
    <div {...gridRoles.head} {...{ 'aria-sort': order }} className="heddle-grid-cell" data-feel={column.feel}>
      {isSortable(column) ? (
        <button
          type="button"
          className="heddle-grid-sort"
          title={t('list.sortBy', { title: column.title })}
          onClick={turn}
        >
          <span className="heddle-ellipsis">{column.title}</span>
          {key?.direction === 'asc' && <ArrowUpOutlined aria-hidden />}
          {key?.direction === 'desc' && <ArrowDownOutlined aria-hidden />}
        </button>
      ) : (
        <span className="heddle-ellipsis">{column.title}</span>
      )}
      <ResizeHandle list={list} column={column} />
    </div>
  )
}

const narrowest = 60
const widest = 800

function ResizeHandle({ list, column }: { readonly list: List; readonly column: Column }) {
  const [width, setWidth] = useState<number>()
  const begin = (event: ReactPointerEvent) => {
    event.preventDefault()
    const from = event.clientX
    const widthAt = (x: number) => Math.round(Math.min(Math.max(column.width + x - from, narrowest), widest))
    const move = (at: PointerEvent) => setWidth(widthAt(at.clientX))
    const end = (at: PointerEvent) => {
      removeEventListener('pointermove', move)
      setWidth(undefined)
      list.change.columns(
        list.columns.map((each) => ({ name: each.name, width: each === column ? widthAt(at.clientX) : each.width })),
      )
    }
    addEventListener('pointermove', move)
    addEventListener('pointerup', end, { once: true })
  }
  const moved = width === undefined ? {} : { transform: `translateX(${width - column.width}px)` }
  return (
    <span
      className={width === undefined ? 'heddle-resize' : 'heddle-resize heddle-resizing'}
      style={moved}
      onPointerDown={begin}
      aria-hidden
    />
  )
}
