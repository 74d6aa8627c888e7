import type { FeelKind, FeelType } from '../types.ts'

/** What makes a value of that kind from its text. */
const constructors: Partial<Record<FeelKind, string>> = {
  date: 'date',
  datetime: 'date and time',
  time: 'time',
  'days-duration': 'duration',
  'months-duration': 'duration',
}

/** A JSON value as FEEL, made for a field of that type; undefined when it is an object or array. */
export function writeValue(value: unknown, type: FeelType): string | undefined {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return Number.isFinite(value) ? writeNumber(value) : undefined
  if (typeof value !== 'string') return undefined
  const maker = constructors[type.kind === 'list' ? type.of.kind : type.kind]
  return maker === undefined ? quoteText(value) : `${maker}(${quoteText(value)})`
}

/** All digits: FEEL knows no exponents. */
function writeNumber(value: number): string {
  return value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 })
}

/** A text as a FEEL literal. */
export function quoteText(value: string): string {
  const escaped = value.replace(/["\\]/g, '\\$&').replace(/[\p{Cc}\u2028\u2029]/gu, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
  return `"${escaped}"`
}
