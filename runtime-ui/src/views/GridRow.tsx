import { ArrowRightOutlined } from '@ant-design/icons'
import type { Entity } from '@heddle/metadata'
import { Checkbox } from 'antd'
import { type MouseEvent, memo } from 'react'
import { useTranslation } from 'react-i18next'
import { labelOf } from '../record/RecordSummary.tsx'
import type { Column } from './columns.tsx'
import { gridRoles } from './grid-roles.ts'
import type { Row } from './rows.ts'

interface GridRowProps {
  readonly entity: Entity
  readonly columns: readonly Column[]
  readonly row: Extract<Row, { kind: 'record' }>
  readonly index: number
  readonly top: number
  readonly height: number
  readonly template: string
  readonly isActive: boolean
  readonly isSelected: boolean
  readonly onToggle: (id: string) => void
  readonly onPeek: (id: string) => void
  readonly onOpen: (id: string) => void
}

/**
 * One record: a click peeks, a double click or the arrow opens, the box ticks. Drawn again only when something of its own
 * changed, so that its props are what stays the same as one scrolls and walks.
 */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { entity, columns, row, index, top, height, template, isActive, isSelected, onToggle, onPeek, onOpen } = props
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
      style={{ top, height, gridTemplateColumns: template }}
      {...pointer}
    >
      <div {...gridRoles.cell} className="heddle-grid-tick">
        <Checkbox
          tabIndex={-1}
          aria-label={t('list.select', { label: labelOf(entity, row.record) })}
          checked={isSelected}
          onChange={() => onToggle(row.id)}
        />
      </div>
      {columns.map((column) => (
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
