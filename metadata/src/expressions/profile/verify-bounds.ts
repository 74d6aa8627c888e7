import { boundsSwapped, type Finding } from '../findings.ts'
import type { Literal, Operand } from '../operand.ts'
import { durationParts, hasOffset } from '../temporal.ts'

/** A range's literal bounds must be in order: FEEL would swap them in silence. */
export function verifyBounds([, low, high]: readonly Operand[]): Finding | undefined {
  if (low?.node !== 'literal' || high?.node !== 'literal') return undefined
  const [first, last] = [positionOf(low), positionOf(high)]
  const isComparable = typeof first === typeof last
  return isComparable && first <= last ? undefined : boundsSwapped({ from: low.from, to: high.to })
}

function positionOf({ type, value }: Literal): number | string {
  if (typeof value !== 'string') return Number(value)
  if (type.kind === 'option') return type.options.indexOf(value)
  if (type.kind === 'datetime') return hasOffset(value) ? Date.parse(value) : value
  const parts = type.kind === 'text' ? undefined : durationParts(value)
  if (parts === undefined) return value
  return 'months' in parts ? parts.months : parts.days * 86_400_000 + parts.milliseconds
}
