import { describe, expect, it } from 'vitest'
import { entityOf, fieldOf, notebooks } from '../../testing/notebooks.ts'
import { fillLines } from './fill-lines.ts'
import { lineColumns, sumOf } from './line-columns.ts'
import { isTable, parseTable } from './pasted-table.ts'

describe('parseTable', () => {
  it('splits tabs and lines of any ending and drops empty lines at the end', () => {
    expect(parseTable('a\tb\r\nc\t\r\n')).toEqual([
      ['a', 'b'],
      ['c', ''],
    ])
  })

  it('keeps tabs, lines and quotes inside quoted cells', () => {
    expect(parseTable('"two\nlines"\t"5"" wide"\nplain 5"\tx')).toEqual([
      ['two\nlines', '5" wide'],
      ['plain 5"', 'x'],
    ])
  })

  it('tells a table from one cell', () => {
    expect(isTable('one cell\n')).toBe(false)
    expect(isTable('a\tb')).toBe(true)
    expect(isTable('a\nb')).toBe(true)
  })
})

describe('fillLines', () => {
  const columns = [fieldOf('page', 'heading'), fieldOf('page', 'words')]
  const read = (_field: object, text: string) => (text === '' ? null : text)

  it('writes to the right and down from the cell, adding rows and ignoring what is too wide', () => {
    const lines = [{ _key: '1', id: 'a', heading: 'old', words: 1 }]
    const cells = [
      ['x', '5', 'too wide'],
      ['y', ''],
    ]
    const filled = fillLines(lines, { row: 0, column: 0 }, { cells, columns, read })
    expect(filled[0]).toEqual({ _key: '1', id: 'a', heading: 'x', words: '5' })
    expect(filled[1]).toMatchObject({ heading: 'y' })
    expect(filled[1]).not.toHaveProperty('words')
  })

  it('starts in the middle without touching what is before', () => {
    const filled = fillLines(
      [{ heading: 'a' }, { heading: 'b' }],
      { row: 1, column: 1 },
      { cells: [['7']], columns, read },
    )
    expect(filled).toEqual([{ heading: 'a' }, { heading: 'b', words: '7' }])
  })
})

describe('lineColumns', () => {
  const subject = { parent: entityOf('notebook'), lines: fieldOf('notebook', 'pages') }
  const traitsOf = ({ type }: { type: string }) => (type === 'rich-text' ? {} : { columnWidth: 120 })

  it('shows every field that fits into a cell but the way back', () => {
    const columns = lineColumns(notebooks, subject, { widths: undefined, traitsOf })
    expect(columns.map(({ field }) => field.name)).toEqual(['heading', 'words', 'cost'])
  })

  it('shows what the form asks for, in its order and widths', () => {
    const columns = lineColumns(notebooks, subject, { widths: { words: { width: 60 }, heading: {} }, traitsOf })
    expect(columns.map(({ field, width }) => [field.name, width])).toEqual([
      ['words', 60],
      ['heading', 120],
    ])
  })

  it('adds up what the parent rolls up and computed amounts', () => {
    const columns = lineColumns(notebooks, subject, { widths: undefined, traitsOf })
    expect(columns.filter(({ isSummed }) => isSummed).map(({ field }) => field.name)).toEqual(['words', 'cost'])
  })

  it('adds up nothing that the parent caps', () => {
    const { settings } = fieldOf('notebook', 'words')
    const words = { ...fieldOf('notebook', 'words'), settings: { ...settings, per: 'heading', atMost: 9 } }
    const parent = { ...entityOf('notebook'), fields: new Map([['words', words]]) }
    const columns = lineColumns(notebooks, { ...subject, parent }, { widths: undefined, traitsOf })
    expect(columns.filter(({ isSummed }) => isSummed).map(({ field }) => field.name)).toEqual(['cost'])
  })
})

describe('sumOf', () => {
  it('adds decimals without dust and ignores what is no number', () => {
    expect(sumOf([{ n: 0.1 }, { n: 0.2 }, { n: null }, { n: 'x' }], 'n')).toBe(0.3)
  })

  it('is nothing when nothing is filled in', () => {
    expect(sumOf([{ n: null }], 'n')).toBeUndefined()
  })
})
