import type { Field, Json, JsonObject, Release } from '@heddle/metadata'
import type { ComponentType } from 'react'

/** What a cell shows: one value of a record as read. */
export interface CellProps {
  readonly value: Json
  readonly field: Field
  readonly record: JsonObject
  readonly release: Release
}

/** Shows a value in lists, highlights and read-only forms; never called for an empty one. */
export type Cell = ComponentType<CellProps>
