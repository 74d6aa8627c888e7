import { asObject, asText } from '@heddle/metadata'
import { createElement } from 'react'
import type { Cell, CellProps } from '../face.ts'

/** Cells that show their value through other cells, which are found by `cellOf`. */
export function nestedCells(cellOf: (field: { readonly type: string }) => Cell) {
  /** The sub-fields that have a value, each with its title on hover. */
  function GroupCell({ value, field, record, release }: CellProps) {
    const values = asObject(value)
    const parts = [...field.fields.values()].filter(({ name }) => (values[name] ?? null) !== null)
    return (
      <span className="heddle-shares">
        {parts.map((part) => (
          <span key={part.name} title={part.title}>
            {createElement(cellOf(part), { value: values[part.name] ?? null, field: part, record, release })}
          </span>
        ))}
      </span>
    )
  }

  /** What the engine computed, shown as the type it returns. */
  function ComputedCell(props: CellProps) {
    return createElement(cellOf({ type: asText(props.field.settings.returns) ?? 'number' }), props)
  }

  return { GroupCell, ComputedCell }
}
