import type { CellProps } from '../face.ts'

/** Text as it is. */
export function TextCell({ value }: CellProps) {
  return textOf(value)
}

/** Text in letters of equal width: numbers of documents, codes. */
export function CodeCell({ value }: CellProps) {
  return <span className="heddle-code">{textOf(value)}</span>
}

/** Formatted text without its format. */
export function RichTextCell({ value }: CellProps) {
  return new DOMParser().parseFromString(textOf(value), 'text/html').body.textContent
}

/** A JSON value on one line. */
export function JsonCell({ value }: CellProps) {
  return <span className="heddle-code">{JSON.stringify(value)}</span>
}

/** A scalar as text; what a mask left of a value is text too. */
export function textOf(value: CellProps['value']): string {
  return value === null || typeof value === 'object' ? '' : String(value)
}
