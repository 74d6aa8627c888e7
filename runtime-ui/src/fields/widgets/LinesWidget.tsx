import { PlusOutlined } from '@ant-design/icons'
import { type Entity, type Field, isObject, type JsonObject } from '@heddle/metadata'
import { Button } from 'antd'
import { createElement, useContext, useLayoutEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { mayDo } from '../../api/session.ts'
import { SessionContext } from '../../shell/session-context.ts'
import { cellOf } from '../cells/index.ts'
import { firstFault } from '../first-fault.ts'
import { FormatContext, useFormat } from '../format-context.ts'
import { isOpenNow, LineRow, type RowActions } from '../lines/LineRow.tsx'
import { type LineColumn, lineColumns, sumOf } from '../lines/line-columns.ts'
import { isTable } from '../lines/pasted-table.ts'
import { useLineTable } from '../lines/use-line-table.ts'
import { lineKey } from '../record-values.ts'
import type { WidgetProps } from '../widget.ts'
import '../lines/lines.css'
import { leafFaces } from './leaf-faces.ts'

/** Lines as a table: Enter moves on, a paste from a spreadsheet fills rows, Alt with an arrow moves a line. */
export function LinesWidget(props: WidgetProps) {
  const child = props.release.entity(String(props.field.settings.entity))
  const format = useFormat()
  if (child === undefined) return null
  return (
    <FormatContext value={{ ...format, amounts: 'exact' }}>
      <LineTable {...props} child={child} />
    </FormatContext>
  )
}

function LineTable(props: WidgetProps & { readonly child: Entity }) {
  const { id, field, entity, release, value, onChange, errors, columns: widths, isReadOnly, child, lineStates } = props
  const { t } = useTranslation('forms')
  const columns = useMemo(
    () =>
      lineColumns(
        release,
        { parent: entity, lines: field },
        { widths, traitsOf: ({ type }) => traits.get(type) ?? {} },
      ),
    [release, entity, field, widths],
  )
  const session = useContext(SessionContext)
  const may = (verb: string) => session === undefined || mayDo(session.me, child.name, verb)
  const mayAdd = may('create')
  // A new line is still this form's own.
  const mayTouch = (line: JsonObject, verb: string) => line.id === undefined || may(verb)
  const stateOf = (line: JsonObject) => lineStates?.get(String(line[lineKey]))
  const isOpen = (line: JsonObject, { name }: Field) => mayTouch(line, 'update') && isOpenNow(stateOf(line)?.get(name))
  const table = useLineTable({ release, child, value, columns, onChange, isOpen, mayAdd })
  const actions = useSteady(table)
  const first = columns.findIndex(({ isWritten }) => isWritten)
  const addLine = () => {
    table.add()
    table.setActive({ row: table.lines.length, column: first, isPointed: false })
  }
  return (
    <div className="heddle-lines">
      <table
        aria-label={field.title}
        onBlur={(event) => event.currentTarget.contains(event.relatedTarget) || table.setActive(undefined)}
      >
        <colgroup>
          <col style={{ width: 32 }} />
          {columns.map(({ field: { name }, width }) => (
            <col key={name} style={{ width }} />
          ))}
          {!isReadOnly && <col style={{ width: 64 }} />}
        </colgroup>
        <LineHead columns={columns} isReadOnly={isReadOnly} />
        <tbody>
          {table.lines.map((line, row) => (
            <LineRow
              key={String(line[lineKey])}
              id={id}
              row={row}
              line={line}
              child={child}
              release={release}
              columns={columns}
              errors={isObject(errors) ? errors[row] : undefined}
              active={table.active?.row === row ? table.active : undefined}
              isReadOnly={isReadOnly}
              mayCopy={mayAdd}
              mayRemove={mayTouch(line, 'delete')}
              mayChange={mayTouch(line, 'update')}
              states={stateOf(line)}
              actions={actions}
            />
          ))}
        </tbody>
        {table.lines.length > 0 && <LineSums {...props} columns={columns} />}
      </table>
      {!isReadOnly && mayAdd && (
        <Button
          id={id}
          type="text"
          icon={<PlusOutlined />}
          onClick={addLine}
          onPaste={(event) => {
            const text = event.clipboardData.getData('text')
            if (isTable(text)) table.paste(table.lines.length, first, text)
          }}
        >
          {t('lines.add')}
        </Button>
      )}
      {table.lines.length === 0 && !isReadOnly && mayAdd && <span className="heddle-unit">{t('lines.pasteHint')}</span>}
      {table.lines.length === 0 && (isReadOnly || !mayAdd) && <span className="heddle-unit">—</span>}
      <LineFaults {...props} columns={columns} />
    </div>
  )
}

const traits = new Map(Object.entries(leafFaces))

function LineHead({ columns, isReadOnly }: { readonly columns: readonly LineColumn[]; readonly isReadOnly: boolean }) {
  const { t } = useTranslation('forms')
  return (
    <thead>
      <tr>
        <th scope="col" className="heddle-line-number">
          <span className="heddle-visually-hidden">{t('lines.number')}</span>
        </th>
        {columns.map(({ field, isNumeric, isWritten }) => (
          <th key={field.name} scope="col" data-numeric={isNumeric || undefined}>
            {field.title}
            {field.isRequired && isWritten && (
              <span className="heddle-required" aria-hidden>
                *
              </span>
            )}
          </th>
        ))}
        {!isReadOnly && (
          <th scope="col" className="heddle-line-actions">
            <span className="heddle-visually-hidden">{t('lines.actions')}</span>
          </th>
        )}
      </tr>
    </thead>
  )
}

function LineSums({ value, record, release, columns, isReadOnly }: ColumnsProps) {
  const { t } = useTranslation('forms')
  if (columns.every(({ isSummed, field }) => !isSummed || sumOf(value, field.name) === undefined)) return null
  return (
    <tfoot>
      <tr>
        <th scope="row" className="heddle-line-number" aria-label={t('lines.sum')}>
          Σ
        </th>
        {columns.map(({ field, isSummed, isNumeric }) => {
          const sum = isSummed ? sumOf(value, field.name) : undefined
          return (
            <td key={field.name} data-title={field.title} data-numeric={isNumeric || undefined}>
              {sum !== undefined && createElement(cellOf(field), { value: sum, field, record, release })}
            </td>
          )
        })}
        {!isReadOnly && <td />}
      </tr>
    </tfoot>
  )
}

interface ColumnsProps extends Omit<WidgetProps, 'columns'> {
  readonly columns: readonly LineColumn[]
}

/** What is wrong in the lines, in words, each beside the number of its line. */
function LineFaults({ errors, columns }: ColumnsProps) {
  const { t } = useTranslation('forms')
  const rows = Object.entries(errors ?? {}).filter(([row]) => /^\d+$/.test(row))
  const faults = rows.flatMap(([row, inner]) => {
    const fault = firstFault(isObject(inner) ? inner : undefined)
    const column = columns.find(({ field }) => isObject(inner) && inner[field.name] !== undefined)
    return fault === undefined ? [] : { number: Number(row) + 1, title: column?.field.title ?? '', fault }
  })
  if (faults.length === 0) return null
  return (
    <ul className="heddle-line-faults">
      {faults.slice(0, 5).map(({ number, title, fault }) => (
        <li key={number} className="heddle-fault">
          {t('lines.fault', { number, title, fault })}
        </li>
      ))}
    </ul>
  )
}

/** The table's actions as one object that stays the same, so that memoised rows stay too. */
function useSteady(table: ReturnType<typeof useLineTable>): RowActions {
  const latest = useRef(table)
  useLayoutEffect(() => {
    latest.current = table
  })
  return useMemo(
    () => ({
      activate: (row, column, isPointed) => latest.current.setActive({ row, column, isPointed }),
      change: (row, field, value, related) => latest.current.change(row, field, value, related),
      goOn: (row, column) => latest.current.goOn(row, column),
      paste: (row, column, text) => latest.current.paste(row, column, text),
      copy: (row) => latest.current.copy(row),
      remove: (row) => latest.current.remove(row),
      move: (row, by) => latest.current.move(row, by),
    }),
    [],
  )
}
