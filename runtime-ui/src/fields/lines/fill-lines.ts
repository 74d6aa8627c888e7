import type { Field, Json, JsonObject } from '@heddle/metadata'
import { newLine } from '../record-values.ts'

/** Where the first pasted cell goes. */
export interface CellPosition {
  readonly row: number
  readonly column: number
}

/** The lines with a table of texts written over them from `start`, to the right and down; rows are added as needed. */
export function fillLines(
  lines: readonly JsonObject[],
  start: CellPosition,
  { cells, columns, read }: Filling,
): JsonObject[] {
  const filled = [...lines]
  for (const [rowOffset, row] of cells.entries()) {
    const position = start.row + rowOffset
    const line: JsonObject = { ...(filled[position] ?? newLine()) }
    for (const [columnOffset, text] of row.entries()) {
      const field = columns[start.column + columnOffset]
      const value = field === undefined ? null : read(field, text)
      // An empty cell clears what stands there; where nothing does, a default may.
      if (field !== undefined && (value !== null || line[field.name] !== undefined)) line[field.name] = value
    }
    filled[position] = line
  }
  return filled
}

interface Filling {
  readonly cells: readonly (readonly string[])[]
  /** Fields that can be written, in the order they are shown. */
  readonly columns: readonly Field[]
  /** The value of a pasted text. */
  readonly read: (field: Field, text: string) => Json
}
