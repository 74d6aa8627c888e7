import { ArrowRightOutlined } from '@ant-design/icons'
import { Checkbox } from 'antd'
import { type MouseEvent, memo } from 'react'
import { useTranslation } from 'react-i18next'
import { labelOf } from '../record/RecordSummary.tsx'
import { gridRoles } from './grid-roles.ts'
import type { Row } from './rows.ts'
import type { List } from './use-list.ts'

interface Frame {
  readonly top: number
  readonly height: number
  readonly gridTemplateColumns: string
}

interface GridRowProps {
  readonly list: List
  readonly row: Extract<Row, { kind: 'record' }>
  readonly index: number
  readonly frame: Frame
  readonly isActive: boolean
  readonly isSelected: boolean
  readonly onToggle: (id: string) => void
  readonly onPeek: (id: string) => void
  readonly onOpen: (id: string) => void
}

/** One record: a click peeks, a double click or the arrow opens, the box ticks. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { list, row, index, frame, isActive, isSelected, onToggle, onPeek, onOpen } = props
  const { t } = useTranslation()
  const pointer = {
    onClick: (event: MouseEvent) => isOnRow(event) && onPeek(row.id),
    onDoubleClick: (event: MouseEvent) => isOnRow(event) && onOpen(row.id),
  }
  return (
    <div
      {...gridRoles.row}
      id={`row-${row.id}`}
      {...{ 'aria-rowindex': index + 2, 'aria-selected': isSelected }}
      className={isActive ? 'heddle-grid-row heddle-grid-active' : 'heddle-grid-row'}
      style={frame}
      {...pointer}
    >
      <div {...gridRoles.cell} className="heddle-grid-tick">
        <Checkbox
          tabIndex={-1}
          aria-label={t('list.select', { label: labelOf(list.entity, row.record) })}
          checked={isSelected}
          onChange={() => onToggle(row.id)}
        />
      </div>
      {list.columns.map((column) => (
        <div key={column.name} {...gridRoles.cell} className="heddle-grid-cell" data-feel={column.feel}>
          {column.content(row.record)}
        </div>
      ))}
      <div {...gridRoles.cell} className="heddle-grid-open">
        <button
          type="button"
          tabIndex={-1}
          title={t('list.open')}
          aria-label={t('list.open')}
          onClick={() => onOpen(row.id)}
        >
          <ArrowRightOutlined />
        </button>
      </div>
    </div>
  )
})

/** False for what can be clicked itself: links, boxes, buttons. */
function isOnRow({ target }: MouseEvent): boolean {
  return target instanceof Element && target.closest('a, button, label') === null
}
