import { type Entity, type Field, type Json, type JsonObject, type Release, valueOfText } from '@heddle/metadata'
import { App } from 'antd'
import { useContext, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../format-context.ts'
import { PendingWorkContext } from '../pending-work.ts'
import { isWritten, lineKey, linesOf, newLine } from '../record-values.ts'
import { unread } from '../unread.ts'
import { spelledOut } from '../widgets/large-number.ts'
import { fillLines } from './fill-lines.ts'
import type { LineColumn } from './line-columns.ts'
import { withValue } from './line-value.ts'
import { findNamed, withNamed } from './named-records.ts'
import { parseTable } from './pasted-table.ts'

interface LineTable {
  readonly release: Release
  readonly child: Entity
  readonly value: Json
  readonly columns: readonly LineColumn[]
  readonly onChange: (value: Json) => void
  /** Whether a field of a line may be written now. */
  readonly isOpen: (line: JsonObject, field: Field) => boolean
  readonly mayAdd: boolean
}

/** The cell that has the editor. */
export interface ActiveCell {
  readonly row: number
  readonly column: number
  /** Someone pointed at it, so choices show at once. */
  readonly isPointed: boolean
}

/** What can be done in a line table; every change gives the parent's value whole. */
export function useLineTable({ release, child, value, columns, onChange, isOpen, mayAdd }: LineTable) {
  const { timeZone } = useFormat()
  const { t } = useTranslation('forms')
  const { message } = App.useApp()
  const pending = useContext(PendingWorkContext)
  const [active, setActive] = useState<ActiveCell>()
  const lines = linesOf(value)
  const latest = useRef(lines)
  useEffect(() => {
    latest.current = linesOf(value)
  }, [value])
  const put = (next: readonly JsonObject[]) => {
    latest.current = [...next]
    onChange([...next])
  }
  const written = columns.filter(({ isWritten }) => isWritten)
  const change = (row: number, field: Field, next: Json, related?: Json) =>
    put(latest.current.map((line, index) => (index === row ? withValue(line, field, next, related) : line)))
  const add = (values: JsonObject = {}) => put([...latest.current, newLine(values)])
  const remove = (row: number) => {
    setActive(undefined)
    put(latest.current.filter((_, index) => index !== row))
  }
  const copy = (row: number) => {
    const { id: _id, [lineKey]: _key, ...values } = latest.current[row] ?? {}
    put([...latest.current.slice(0, row + 1), newLine(onlyWritten(child, values)), ...latest.current.slice(row + 1)])
  }
  const move = (row: number, by: -1 | 1) => {
    const to = row + by
    const moved = latest.current[row]
    if (moved === undefined || to < 0 || to >= latest.current.length) return
    put(latest.current.filter((_, index) => index !== row).toSpliced(to, 0, moved))
    setActive((cell) => (cell === undefined ? cell : { ...cell, row: to }))
  }
  /** The next cell to write in; a new line after the last. */
  const goOn = (row: number, column: number) => {
    const openFrom = (line: JsonObject, from: number) =>
      columns.findIndex(({ field, isWritten }, index) => isWritten && index >= from && isOpen(line, field))
    const next = openFrom(latest.current[row] ?? {}, column + 1)
    if (next >= 0) return setActive({ row, column: next, isPointed: false })
    if (row + 1 >= latest.current.length) {
      if (!mayAdd) return
      add()
    }
    setActive({ row: row + 1, column: openFrom(latest.current[row + 1] ?? {}, 0), isPointed: false })
  }
  /** The find may come late, when other things were typed; whoever waits for it reads the values right after. */
  const findPasted = async (fields: readonly Field[]): Promise<boolean> => {
    const { found, isComplete } = await findNamed({ release, fields, lines: latest.current })
    if (found.size > 0) flushSync(() => put(withNamed({ release, fields, lines: latest.current }, found)))
    if (!isComplete) void message.error(t('lines.notLookedUp'))
    return true
  }
  const paste = (row: number, column: number, text: string) => {
    const fields = written.map(({ field }) => field)
    const start = { row, column: written.findIndex(({ field }) => field === columns[column]?.field) }
    const read = (field: Field, cell: string): Json => {
      const parsed = valueOfText(field, spelledOut(cell), { timeZone })
      return parsed.ok ? parsed.value : unread(cell)
    }
    setActive(undefined)
    const cells = parseTable(text).slice(0, mayAdd ? undefined : latest.current.length - row)
    put(fillLines(latest.current, start, { cells, columns: fields, read }))
    const finding = findPasted(fields)
    pending?.add(finding)
  }
  return { lines, active, setActive, change, add, remove, copy, move, goOn, paste }
}

function onlyWritten(child: Entity, { _related = {}, ...values }: JsonObject): JsonObject {
  const written = Object.entries(values).filter(([name]) => {
    const field = child.fields.get(name)
    return field !== undefined && isWritten(field)
  })
  return { ...Object.fromEntries(written), _related }
}
