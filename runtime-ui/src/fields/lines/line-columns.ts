import {
  asObject,
  asText,
  type Entity,
  type Field,
  fieldTypeOf,
  type Json,
  type JsonObject,
  type Release,
} from '@heddle/metadata'
import { linesOf } from '../record-values.ts'
import type { FieldTraits } from '../widget.ts'

/** One column of a line table. */
export interface LineColumn {
  readonly field: Field
  /** Px. */
  readonly width: number
  readonly isWritten: boolean
  readonly isNumeric: boolean
  /** Its values add up to something. */
  readonly isSummed: boolean
}

/** The columns a form asks for, or every field of the child that fits into a cell; never the way back to the parent. */
export function lineColumns(
  release: Release,
  { parent, lines }: { readonly parent: Entity; readonly lines: Field },
  { widths, traitsOf }: { readonly widths: JsonObject | undefined; readonly traitsOf: (field: Field) => FieldTraits },
): LineColumn[] {
  const child = release.entity(String(lines.settings.entity))
  if (child === undefined) return []
  const names = widths === undefined ? [...child.fields.keys()] : Object.keys(widths)
  const summed = summedFields(parent, child)
  return names.flatMap((name) => {
    const field = child.fields.get(name)
    if (field === undefined || name === lines.settings.by) return []
    const { columnWidth, isNumeric = false } = traitsOf(field)
    if (columnWidth === undefined) return []
    const isWritten = fieldTypeOf(field.type).source !== 'computed'
    return {
      field,
      width: widthIn(widths, name) ?? columnWidth,
      isWritten,
      isNumeric,
      isSummed: summed.has(name) || (!isWritten && asText(field.settings.returns) === 'money'),
    }
  })
}

/** The sum of a column, without the floating-point dust of adding decimals; undefined when nothing is filled in. */
export function sumOf(lines: Json | undefined, name: string): number | undefined {
  const numbers = linesOf(lines).flatMap((line) => {
    const value = line[name]
    return typeof value === 'number' ? value : []
  })
  if (numbers.length === 0) return undefined
  return Number(numbers.reduce((sum, value) => sum + value, 0).toPrecision(15))
}

/** The fields of the child that the parent adds up itself, all of them: what is capped is no sum of the lines. */
function summedFields(parent: Entity, child: Entity): ReadonlySet<string> {
  const sums = [...parent.fields.values()].flatMap(({ settings }) =>
    settings.from === child.name && settings.per === undefined ? (asText(settings.sum) ?? []) : [],
  )
  return new Set(sums)
}

function widthIn(widths: JsonObject | undefined, name: string): number | undefined {
  const { width } = asObject(widths?.[name])
  return typeof width === 'number' ? width : undefined
}
