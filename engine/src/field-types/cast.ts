import type { Field } from '@heddle/metadata'

/** What a cast may look at. */
export interface CastContext {
  readonly from: Field
  readonly to: Field
  /** IANA name of the company's time zone. */
  readonly timeZone: string
}

/**
 * The SQL expression of a stored value in its new type, null where the value cannot be kept whole. `column` is a quoted
 * column, or that of a row variable in a trigger.
 */
export type Cast = (column: string, context: CastContext) => string
