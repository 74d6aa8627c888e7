import type { Field, Json } from '@heddle/metadata'
import type { SQL } from 'drizzle-orm'
import type { Parameter } from '../storage/connect.ts'

/** The engine's half of a field type: where its values live and how they get there. */
export interface ColumnDefinition {
  /** The column's SQL type. */
  readonly sqlType: string
  /** A JSON value as a bound parameter; values arrive validated. */
  readonly bind: (value: Json, field: Field) => Parameter
  /** Columns sort for people by the company's collation. */
  readonly isCollated?: boolean
  /** SQL of the stored value as a JSON-ready expression; the column itself unless given. */
  readonly read?: (column: SQL) => SQL
}

/** Binds scalars as they are. */
export function bindScalar(value: Json): Parameter {
  return value === null || typeof value === 'object' ? null : value
}

/** Binds any value as JSON text. */
export function bindJson(value: Json): Parameter {
  return value === null ? null : JSON.stringify(value)
}

/**
 * Rounds half away from zero to `scale` decimal places, on the decimal digits that the number shows, so that 1.005 at
 * two places is 1.01.
 */
export function roundHalfUp(value: number, scale: number): number {
  const shifted = Number(`${Math.abs(value)}e${scale}`)
  if (!Number.isFinite(shifted)) return value
  const rounded = Number(`${Math.round(shifted)}e-${scale}`)
  return value < 0 ? -rounded : rounded
}
