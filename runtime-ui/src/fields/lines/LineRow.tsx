import { CopyOutlined, DeleteOutlined } from '@ant-design/icons'
import type { Entity, Field, FieldState, Json, JsonObject, Release } from '@heddle/metadata'
import { isObject } from '@heddle/metadata'
import type { ErrorSchema } from '@rjsf/utils'
import { Button } from 'antd'
import { type KeyboardEvent, memo } from 'react'
import { useTranslation } from 'react-i18next'
import { firstFault } from '../first-fault.ts'
import { LineCell } from './LineCell.tsx'
import type { LineColumn } from './line-columns.ts'
import type { ActiveCell } from './use-line-table.ts'

/** What a row can ask of its table; the same object for as long as the table stands. */
export interface RowActions {
  readonly activate: (row: number, column: number, isPointed: boolean) => void
  readonly change: (row: number, field: Field, value: Json, related?: Json) => void
  readonly goOn: (row: number, column: number) => void
  readonly paste: (row: number, column: number, text: string) => void
  readonly copy: (row: number) => void
  readonly remove: (row: number) => void
  readonly move: (row: number, by: -1 | 1) => void
}

interface LineRowProps {
  readonly id: string
  readonly row: number
  readonly line: JsonObject
  readonly child: Entity
  readonly release: Release
  readonly columns: readonly LineColumn[]
  readonly errors: ErrorSchema | undefined
  readonly active: ActiveCell | undefined
  readonly isReadOnly: boolean
  readonly mayCopy: boolean
  readonly mayRemove: boolean
  /** Whether its values may be changed. */
  readonly mayChange: boolean
  /** What the fields of this line may do now; everything when there are none. */
  readonly states: ReadonlyMap<string, FieldState> | undefined
  readonly actions: RowActions
}

/** Whether a field in that state may be written. */
export function isOpenNow(state: FieldState | undefined): boolean {
  return state === undefined || (state.isVisible && !state.isReadOnly)
}

/** One line: its cells, and what can be done with it. Rows nobody touches are not drawn again. */
export const LineRow = memo(function LineRow(props: LineRowProps) {
  const { id, row, line, columns, errors, active, isReadOnly, mayCopy, mayRemove, mayChange, states, actions } = props
  const { t } = useTranslation('forms')
  const keys = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : undefined
    if (by === undefined || !event.altKey || isReadOnly) return
    event.preventDefault()
    actions.move(row, by)
  }
  const stateOf = (column: number, field: Field) => {
    if (isReadOnly || !mayChange || !isOpenNow(states?.get(field.name))) return 'locked'
    if (active?.column !== column) return 'idle'
    return active.isPointed ? 'opened' : 'active'
  }
  return (
    <tr onKeyDown={keys}>
      <td className="heddle-line-number">{row + 1}</td>
      {columns.map((column, index) => {
        const { name, title } = column.field
        const inner = isObject(errors) ? errors[name] : undefined
        const isAt = firstFault(inner) !== undefined
        return (
          <td
            key={name}
            data-title={title}
            data-numeric={column.isNumeric || undefined}
            data-invalid={isAt || undefined}
            data-computed={!column.isWritten || undefined}
          >
            <LineCell
              id={`${id}-${row}-${name}`}
              child={props.child}
              release={props.release}
              line={line}
              number={row + 1}
              column={column}
              errors={inner}
              state={stateOf(index, column.field)}
              now={states?.get(name)}
              onActivate={(isPointed) => actions.activate(row, index, isPointed)}
              onChange={(value, related) => actions.change(row, column.field, value, related)}
              onNext={() => actions.goOn(row, index)}
              onPaste={(text) => actions.paste(row, index, text)}
            />
          </td>
        )
      })}
      {!isReadOnly && (
        <td className="heddle-line-actions">
          {mayCopy && (
            <Button
              type="text"
              size="small"
              icon={<CopyOutlined />}
              aria-label={t('lines.copy', { number: row + 1 })}
              onClick={() => actions.copy(row)}
            />
          )}
          {mayRemove && (
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={t('lines.remove', { number: row + 1 })}
              onClick={() => actions.remove(row)}
            />
          )}
        </td>
      )}
    </tr>
  )
})
