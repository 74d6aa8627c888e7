import type { Json, Release } from '@heddle/metadata'
import type { Column } from './columns.tsx'

/** What enters the value of a condition: one, or a list of them. */
export interface InputProps {
  readonly column: Column
  readonly value: Json
  readonly onChange: (value: Json) => void
  readonly release: Release
  readonly isMany: boolean
}
