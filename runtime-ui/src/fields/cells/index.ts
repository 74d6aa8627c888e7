import type { Cell } from '../face.ts'
import { leafCells } from './leaf-cells.ts'
import { ComputedCell, GroupCell } from './NestedCell.tsx'
import { TextCell } from './TextCell.tsx'

/** The cell of every field type. */
export const cells = {
  ...leafCells,
  formula: ComputedCell,
  rollup: ComputedCell,
  group: GroupCell,
} as const satisfies { readonly [type: string]: Cell }

const byType: ReadonlyMap<string, Cell> = new Map(Object.entries(cells))

/** The cell of a field. */
export function cellOf({ type }: { readonly type: string }): Cell {
  return byType.get(type) ?? TextCell
}
