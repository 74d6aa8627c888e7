import { inexactScale } from '../decimal.ts'
import type { Finding } from '../findings.ts'
import type { Operand } from '../operand.ts'
import { decimalNumber, type FeelKind, type FeelType, scaleOf } from '../types.ts'

/**
 * One operator, function or property of the profile: how it is written, what it takes and gives, and how it is worked
 * out in memory. Its SQL half has the same key in the engine.
 */
export interface ProfileRow {
  /** As written in a text: `+`, `contains`, `year`. */
  readonly name: string
  readonly form: 'infix' | 'prefix' | 'function' | 'property' | 'syntax'
  readonly parameters: readonly Parameter[]
  /** All arguments are of one kind; an option counts as text. */
  readonly alike?: true
  /** The last parameter may be given any number of times more. */
  readonly variadic?: true
  /** `min(a, b)` may be written for `min([a, b])`. */
  readonly spreads?: true
  readonly result: (types: readonly FeelType[], args: readonly Operand[]) => FeelType
  /** FEEL text that feelin can run; without it the row as written. */
  readonly memory?: (args: readonly string[], call: MemoryCall) => string
  /** How often the SQL half repeats its most repeated argument, so that check can bound the size. Default 1. */
  readonly repeats?: number
  /** What else must hold of the arguments. */
  readonly verify?: (args: readonly Operand[]) => Finding | undefined
  /** How a `syntax` row is written. */
  readonly write?: (args: readonly string[]) => string
}

/** What one argument may be, and in which form both halves receive it. */
export interface Parameter {
  readonly name: string
  readonly kinds: readonly FeelKind[]
  /** A list of values of those kinds. */
  readonly list?: true
  /** Must be written out: a row cannot be worked out in SQL otherwise. */
  readonly literal?: true
  readonly as?: ArgumentForm
}

/**
 * `settled`: a worked out number is rounded to its decimal places, so that doubles and numeric agree. `compared`: the
 * same, and rounded to the scale of a field it is compared with. `ordered`: as compared, ordered options by position.
 */
export type ArgumentForm = 'settled' | 'compared' | 'ordered'

export interface MemoryCall {
  readonly args: readonly Operand[]
  readonly type: FeelType
  /** A name for a value that is made once, when the expression is compiled. */
  constant(value: unknown): string
}

/** The FEEL text of a row applied to arguments that are already text. */
export function writeRow(row: ProfileRow, args: readonly string[]): string {
  if (row.write) return row.write(args)
  if (row.form === 'infix') return `(${args.join(` ${row.name} `)})`
  if (row.form === 'prefix') return `(${row.name}${args[0]})`
  return row.form === 'property' ? `(${args[0]}).${row.name}` : `${row.name}(${args.join(', ')})`
}

/** How a person writes the row: `substring(text, start)`. */
export function usageOf(row: ProfileRow): string {
  return writeRow(
    row,
    row.parameters.map((parameter) => parameter.name),
  )
}

/** The parameter that the argument at that place belongs to. */
export function parameterAt(row: ProfileRow, index: number): Parameter | undefined {
  return row.parameters[index] ?? (row.variadic ? row.parameters.at(-1) : undefined)
}

export const texts = ['text', 'option'] as const
export const numbers = ['number'] as const
export const comparables = [
  ...texts,
  'id',
  ...numbers,
  'boolean',
  'date',
  'datetime',
  'time',
  'days-duration',
  'months-duration',
] as const
export const orderables = [...texts, 'number', 'date', 'datetime', 'time', 'days-duration', 'months-duration'] as const

/** The literal's value, or undefined when the expression is not a literal. */
export function literalOf(expression: Operand | undefined): string | number | boolean | null | undefined {
  return expression?.node === 'literal' ? expression.value : undefined
}

/** The scale when every number has one and `combine` of them stays within what both sides can hold. */
export function commonScale(
  types: readonly FeelType[],
  combine: (scales: readonly number[]) => number = (scales) => Math.max(...scales),
): FeelType {
  const scales = types.map(scaleOf)
  const known = scales.filter((scale) => scale !== undefined)
  if (known.length < scales.length) return decimalNumber(undefined)
  const scale = combine(known)
  return decimalNumber(scale <= inexactScale ? scale : undefined)
}
