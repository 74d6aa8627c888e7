import { asTexts, type Field, type Json } from '@heddle/metadata'
import type { SQL } from 'drizzle-orm'
import type { Parameter } from '../storage/connect.ts'

/** The engine's own tables whose members columns may name. */
export type Directory = 'user' | 'department'

/** A field as far as its column goes. */
export type ColumnSource = Pick<Field, 'type' | 'settings'>

/** The engine's half of a field type: where its values live and how they get there. */
export interface ColumnDefinition {
  /** The column's SQL type; it may follow from the settings. */
  readonly sqlType: (field: Field) => string
  /** A JSON value as a bound parameter; values arrive normalised and validated. */
  readonly bind: (value: Json, field: Field) => Parameter
  /** Whether a field of the type has the column; it does unless told otherwise. */
  readonly isPresent?: (field: ColumnSource) => boolean
  /** Its values can be worked out from others at any time, so none needs to be kept when the column goes. */
  readonly isDerived?: true
  /** Where the id in the column is found, when that is no entity. */
  readonly directory?: Directory
  /** Columns sort for people by the company's collation. */
  readonly isCollated?: boolean
  /** What a new row has until something is written: a SQL constant; null unless given. */
  readonly initial?: (field: Field) => string | null
  /** SQL of the stored value as a JSON-ready expression; the column itself unless given. */
  readonly read?: (column: SQL) => SQL
  /** SQL of the column's value out of a group's JSON; the text of the JSON, cast, unless given. */
  readonly ofJson?: (json: SQL) => SQL
  /** SQL of the column's value out of what an expression gives; the same unless given. */
  readonly ofResult?: (result: SQL) => SQL
}

/** Binds scalars as they are. */
export function bindScalar(value: Json): Parameter {
  return value === null || typeof value === 'object' ? null : value
}

/** Binds a list of texts as an array. */
export function bindTexts(value: Json): Parameter {
  return Array.isArray(value) ? asTexts(value) : null
}

/** Binds any value as JSON text. */
export function bindJson(value: Json): Parameter {
  return value === null ? null : JSON.stringify(value)
}
