import type { FeelType } from './types.ts'

/** Where a node stands in the text it was written in. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** A value in the text. Dates, times and durations are ISO 8601 texts; a date and time without a zone is local. */
export interface Literal extends Span {
  readonly type: FeelType
  readonly node: 'literal'
  readonly value: string | number | boolean | null
}

interface WorkedOut extends Span {
  readonly type: FeelType
  readonly node: 'reference' | 'element' | 'list' | 'call'
}

/** What a row of the profile may know of one of its arguments: its type, and its value when it is written out. */
export type Operand = Literal | WorkedOut
