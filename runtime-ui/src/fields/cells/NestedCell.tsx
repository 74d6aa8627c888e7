import { asObject, asText } from '@heddle/metadata'
import { createElement } from 'react'
import type { CellProps } from '../face.ts'
import { leafCellOf } from './leaf-cells.ts'

/** The sub-fields that have a value, each with its title on hover. */
export function GroupCell({ value, field, record, release }: CellProps) {
  const values = asObject(value)
  const parts = [...field.fields.values()].filter(({ name }) => (values[name] ?? null) !== null)
  return (
    <span className="heddle-shares">
      {parts.map((part) => (
        <span key={part.name} title={part.title}>
          {createElement(leafCellOf(part.type), { value: values[part.name] ?? null, field: part, record, release })}
        </span>
      ))}
    </span>
  )
}

/** What the engine computed, shown as the type it returns. */
export function ComputedCell(props: CellProps) {
  return createElement(leafCellOf(asText(props.field.settings.returns) ?? 'number'), props)
}
