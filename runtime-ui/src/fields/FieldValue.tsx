import type { Field, JsonObject, Release } from '@heddle/metadata'
import { createElement } from 'react'
import { cellOf } from './cells/index.ts'

interface FieldValueProps {
  readonly field: Field
  readonly record: JsonObject
  readonly release: Release
}

/** One value of a record as its field type shows it; nothing when it is empty. */
export function FieldValue({ field, record, release }: FieldValueProps) {
  const value = record[field.name] ?? null
  if (value === null || value === '') return null
  return createElement(cellOf(field), { value, field, record, release })
}
