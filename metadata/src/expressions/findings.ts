import type { Span } from './operand.ts'
import { describeType, type FeelType } from './types.ts'

/** What is wrong with an expression and where. `code` and `data` are stable; `message` is the English sentence. */
export interface Finding extends Span {
  readonly code: string
  readonly message: string
  readonly data: Readonly<Record<string, string | number>>
  /** The name that was probably meant. */
  readonly near?: string
  /** The text to put in place of `from..to`. */
  readonly fix?: string
}

/** The message with where in the text that is, for people who see only the message. */
export function withPosition({ message, from, to }: Pick<Finding, 'message' | 'from' | 'to'>): string {
  return to > from + 1 ? `${message} (characters ${from + 1}–${to})` : `${message} (character ${from + 1})`
}

const span = ({ from, to }: Span): Span => ({ from, to })
const suggest = (near: string | undefined) => (near === undefined ? {} : { near })
const didYouMean = (near: string | undefined) => (near === undefined ? '.' : `; did you mean “${near}”?`)

export const emptyText = (): Finding => ({
  code: 'expression.empty',
  message: 'The expression is empty.',
  data: {},
  from: 0,
  to: 0,
})

export const textTooLong = (length: number, limit: number): Finding => ({
  code: 'expression.too-long',
  message: `The expression has ${length} characters; at most ${limit} are allowed.`,
  data: { length, limit },
  from: limit,
  to: length,
})

export const tooDeep = (at: Span, limit: number): Finding => ({
  code: 'expression.too-deep',
  message: `The expression is nested more than ${limit} levels deep here.`,
  data: { limit },
  ...span(at),
})

export const tooComplex = (at: Span, limit: number): Finding => ({
  code: 'expression.too-complex',
  message: `The expression grows beyond ${limit} steps when it is worked out; say it in a simpler way.`,
  data: { limit },
  ...span(at),
})

export const syntaxFault = (at: Span, found: string): Finding => ({
  code: 'expression.syntax',
  message: found === '' ? 'Something is missing at the end.' : `“${found}” cannot stand here.`,
  data: { found },
  ...span(at),
})

export const unclosedText = (at: Span): Finding => ({
  code: 'expression.unclosed-text',
  message: 'A text begins here and has no closing quote on its line.',
  data: {},
  ...span(at),
})

export const notOffered = (at: Span, construct: string, hint = ''): Finding => ({
  code: 'expression.not-offered',
  message: `${construct} cannot be used in expressions${hint === '' ? '' : `; ${hint}`}.`,
  data: { construct },
  ...span(at),
})

export const unknownName = (at: Span, name: string, owner: string, near: string | undefined): Finding => ({
  code: 'name.unknown',
  message: `There is no field “${name}”${owner === '' ? '' : ` in “${owner}”`}${didYouMean(near)}`,
  data: { name, owner },
  ...suggest(near),
  ...span(at),
})

export const unknownProperty = (at: Span, name: string, type: FeelType, near: string | undefined): Finding => ({
  code: 'name.no-property',
  message: `${capital(describeType(type))} has no property “${name}”${didYouMean(near)}`,
  data: { name, type: type.kind },
  ...suggest(near),
  ...span(at),
})

export const pathTooLong = (at: Span, limit: number): Finding => ({
  code: 'name.path-too-long',
  message: `A path goes through at most ${limit} names.`,
  data: { limit },
  ...span(at),
})

export const unknownFunction = (at: Span, name: string, near: string | undefined): Finding => ({
  code: 'function.unknown',
  message: `There is no function “${name}”${didYouMean(near)}`,
  data: { name },
  ...suggest(near),
  ...span(at),
})

export const wrongArguments = (at: Span, name: string, given: readonly FeelType[], usage: string): Finding => ({
  code: 'function.arguments',
  message: `“${name}” is written ${usage}, not with (${given.map(describeType).join(', ')}).`,
  data: { name, usage, given: given.map((type) => type.kind).join(', ') },
  ...span(at),
})

export const typesDiffer = (at: Span, operator: string, left: FeelType, right: FeelType, hint = ''): Finding => ({
  code: 'type.mismatch',
  message: `“${operator}” cannot join ${describeType(left)} and ${describeType(right)}${hint === '' ? '' : `; ${hint}`}.`,
  data: { operator, left: left.kind, right: right.kind },
  ...span(at),
})

export const wrongType = (at: Span, expected: string, actual: FeelType): Finding => ({
  code: 'type.expected',
  message: `This must be ${expected}, but it is ${describeType(actual)}.`,
  data: { expected, actual: actual.kind },
  ...span(at),
})

export const recordAsValue = (at: Span): Finding => ({
  code: 'type.record',
  message: 'This is a record, not a value; name one of its fields.',
  data: {},
  ...span(at),
})

export const unknownOption = (at: Span, option: string, near: string | undefined): Finding => ({
  code: 'option.unknown',
  message: `There is no option “${option}”${didYouMean(near)}`,
  data: { option },
  ...suggest(near),
  ...span(at),
})

export const unorderedOption = (at: Span, operator: string): Finding => ({
  code: 'option.unordered',
  message: `“${operator}” needs options with an order; these have none.`,
  data: { operator },
  ...span(at),
})

export const exponentNumber = (at: Span): Finding => ({
  code: 'number.exponent',
  message: 'Numbers cannot be written with an exponent; write all the digits.',
  data: {},
  ...span(at),
})

export const tooManyDigits = (at: Span, limit: number): Finding => ({
  code: 'number.digits',
  message: `A number has at most ${limit} significant digits.`,
  data: { limit },
  ...span(at),
})

export const bracketsRoundIn = (at: Span, fix: string): Finding => ({
  code: 'in.brackets',
  message: 'Everything after “in” belongs to it; put brackets round the in test.',
  data: {},
  fix,
  ...span(at),
})

export const literalWanted = (at: Span, what: string): Finding => ({
  code: 'literal.required',
  message: `${capital(what)} must be written out here, not worked out.`,
  data: { what },
  ...span(at),
})

export const badLiteral = (at: Span, written: string, wanted: string): Finding => ({
  code: 'literal.invalid',
  message: `“${written}” is not ${wanted}.`,
  data: { written, wanted },
  ...span(at),
})

export const boundsSwapped = (at: Span): Finding => ({
  code: 'range.order',
  message: 'The lower bound of a range must come first.',
  data: {},
  ...span(at),
})

export const nestedLists = (at: Span): Finding => ({
  code: 'list.nested',
  message: 'Inside a condition over a list no other list of records can be walked.',
  data: {},
  ...span(at),
})

function capital(phrase: string): string {
  return phrase.charAt(0).toUpperCase() + phrase.slice(1)
}
