import { roundHalfUp } from '../expressions/decimal.ts'
import type { Json, JsonObject } from '../json.ts'
import { toHalfWidth } from './clean-text.ts'
import {
  type FieldSource,
  type JsonSchema,
  numberSetting,
  type Parsed,
  plainText,
  readAs,
  unreadable,
  type ValueFault,
} from './define-field-type.ts'
import { orderedOperators } from './operators.ts'

/** Significant digits that a JSON number (a double) carries exactly. */
const significantDigits = 15

/** The settings schema of decimal places. */
export const scaleSetting: JsonSchema = { type: 'integer', minimum: 0, maximum: 10 }

/** The largest number with `scale` decimal places and 15 significant digits. */
export function largestDecimal(scale: number): number {
  return Number(`${'9'.repeat(significantDigits - scale)}.${'9'.repeat(scale)}`)
}

/**
 * What the decimal types share. Values are JSON numbers of at most 15 significant digits, so the digits behind the point
 * take from those before it; writes round half up to `scale`, or to `defaultScale` places.
 */
export function decimalType(defaultScale: number) {
  const scale = (settings: JsonObject): number => numberSetting(settings, 'scale') ?? defaultScale
  return {
    value: ({ settings }: FieldSource): JsonSchema => {
      const largest = largestDecimal(scale(settings))
      return { type: 'number', minimum: -largest, maximum: largest }
    },
    keywords: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
    feel: 'number',
    operators: orderedOperators,
    scale,
    normalise: (value: Json, { settings }: FieldSource): Json =>
      typeof value === 'number' ? roundHalfUp(value, scale(settings)) : value,
    checkDefinition: ({ source, settings }: FieldSource) => boundFaults(source, largestDecimal(scale(settings))),
    toText: plainText,
    fromText: (text: string): Parsed => {
      const value = readDecimal(text)
      return value === undefined ? notANumber(text) : readAs(value)
    },
  } as const
}

/** Bounds that a field's numbers could not keep with 15 significant digits. */
export function boundFaults(source: JsonObject, largest: number): ValueFault[] {
  return ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'].flatMap((keyword) => {
    const bound = source[keyword]
    return typeof bound !== 'number' || Math.abs(bound) <= largest
      ? []
      : {
          path: `/${keyword}`,
          code: 'field.digits',
          message: `Numbers hold ${significantDigits} significant digits, here at most ${largest}; lower the bound or the scale.`,
        }
  })
}

/** The number a person wrote: full-width digits, spaces and thousands separators are understood. */
export function readDecimal(text: string): number | undefined {
  const compact = toHalfWidth(text)
    .replace(/[\s\u00a0'’_]/g, '')
    .replace(/^[−–]/, '-')
  const isGrouped = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(compact)
  const digits = isGrouped ? compact.replaceAll(',', '') : compact
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(digits) ? Number(digits) : undefined
}

/** The fault of text that is no number. */
export function notANumber(text: string): Parsed {
  return unreadable('text.number', `“${text}” is no number; write digits, e.g. 1234.5 or 1,234.5.`)
}
