import type { Entity, FieldState, Json, JsonObject, Release } from '@heddle/metadata'
import type { ErrorSchema } from '@rjsf/utils'
import { createElement, type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { cellOf } from '../cells/index.ts'
import { firstFault } from '../first-fault.ts'
import { unreadText } from '../unread.ts'
import { leafFaceOf } from '../widgets/leaf-faces.ts'
import type { LineColumn } from './line-columns.ts'
import { isTable } from './pasted-table.ts'

interface LineCellProps {
  readonly id: string
  readonly child: Entity
  readonly release: Release
  readonly line: JsonObject
  readonly number: number
  readonly column: LineColumn
  readonly errors: ErrorSchema | undefined
  /** What the field may do in this line. */
  readonly now: FieldState | undefined
  readonly state: 'idle' | 'active' | 'opened' | 'locked'
  readonly onActivate: (isPointed: boolean) => void
  readonly onChange: (value: Json, related?: Json) => void
  readonly onNext: () => void
  readonly onPaste: (text: string) => void
}

/** One value of a line: shown until someone comes to it, then its editor. */
export function LineCell(props: LineCellProps) {
  const { id, line, number, column, errors, state, onActivate, onPaste, onNext } = props
  const { t } = useTranslation('forms')
  const isPointed = useRef(false)
  const { field } = column
  const label = t('lines.cell', { title: field.title, number })
  const fault = firstFault(errors)
  if (!column.isWritten || state === 'locked') return <Shown {...props} />
  const paste = (event: React.ClipboardEvent) => {
    const text = event.clipboardData.getData('text')
    if (!isTable(text)) return
    event.preventDefault()
    onPaste(text)
  }
  if (state === 'idle') {
    return (
      <div className="heddle-line-value" title={fault}>
        <div id={`${id}-value`} inert>
          <Shown {...props} />
        </div>
        <button
          type="button"
          id={id}
          aria-label={label}
          aria-describedby={`${id}-value`}
          aria-invalid={fault !== undefined || undefined}
          onPointerDown={(event: PointerEvent) => {
            isPointed.current = event.pointerType === 'mouse'
          }}
          onFocus={() => {
            onActivate(isPointed.current)
            isPointed.current = false
          }}
        />
      </div>
    )
  }
  const goOn = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || isExpanded(event.target)) return
    event.preventDefault()
    event.stopPropagation()
    onNext()
  }
  // A closed list would open on Enter; everything else takes its text over before the cursor goes on.
  const goOnFromList = (event: KeyboardEvent) => {
    if (event.target instanceof Element && event.target.getAttribute('aria-expanded') === 'false') goOn(event)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only watches the keys of the input inside
    <div onKeyDownCapture={goOnFromList} onKeyDown={goOn} onPasteCapture={paste} className="heddle-line-editor">
      {createElement(leafFaceOf(field).Widget, {
        id,
        field,
        entity: props.child,
        release: props.release,
        value: line[field.name] ?? null,
        record: line,
        onChange: props.onChange,
        place: 'cell',
        isRequired: props.now?.isRequired ?? field.isRequired,
        options: props.now?.options,
        isReadOnly: false,
        isInvalid: fault !== undefined,
        label,
        autoFocus: true,
        isOpened: state === 'opened',
      })}
    </div>
  )
}

function isExpanded(target: EventTarget): boolean {
  return target instanceof Element && target.getAttribute('aria-expanded') === 'true'
}

function Shown({ line, column, release }: LineCellProps) {
  const value = line[column.field.name] ?? null
  const text = unreadText(value)
  if (text !== undefined) return <span className="heddle-unread">{text}</span>
  if (value === null) return null
  return createElement(cellOf(column.field), { value, field: column.field, record: line, release })
}
