import { inexactScale } from '../decimal.ts'
import { badLiteral } from '../findings.ts'
import type { Operand } from '../operand.ts'
import { parsePattern } from '../pattern.ts'
import { boolean, decimalNumber, scaleOf, text } from '../types.ts'
import { literalOf, type ProfileRow, texts } from './row.ts'

const value = { name: 'text', kinds: texts } as const
const part = { name: 'part', kinds: texts } as const
const pair = { form: 'function', parameters: [value, part] } as const
const literalText = (name: string) => ({ name, kinds: ['text'], literal: true }) as const
const literalNumber = (name: string) => ({ name, kinds: ['number'], literal: true }) as const
const stringOf = { name: 'string', form: 'function', result: () => text } as const

/** Functions over text. Lengths and positions count code points; a null argument gives null. */
export const textFunctions = {
  concatenate: {
    name: '+',
    form: 'infix',
    parameters: [
      { name: 'a', kinds: texts },
      { name: 'b', kinds: texts },
    ],
    result: () => text,
  },
  contains: { ...pair, name: 'contains', result: () => boolean },
  'starts-with': { ...pair, name: 'starts with', result: () => boolean },
  'ends-with': { ...pair, name: 'ends with', result: () => boolean, repeats: 2 },
  matches: {
    name: 'matches',
    form: 'function',
    parameters: [value, literalText('pattern')],
    result: () => boolean,
    repeats: 2,
    memory: (args) => `Call.matches(${args.join(', ')})`,
    verify: ([, pattern]) =>
      pattern && parsePattern(String(literalOf(pattern))) === undefined
        ? badLiteral(pattern, String(literalOf(pattern)), 'a pattern that can be matched safely')
        : undefined,
  },
  'string-length': {
    name: 'string length',
    form: 'function',
    parameters: [value],
    result: () => decimalNumber(0),
  },
  'upper-case': { name: 'upper case', form: 'function', parameters: [value], result: () => text },
  'lower-case': { name: 'lower case', form: 'function', parameters: [value], result: () => text },
  'substring-from': {
    name: 'substring',
    form: 'function',
    parameters: [value, literalNumber('start')],
    result: () => text,
    memory: ([input, start]) => `Call.substring(${input}, ${start}, null)`,
    verify: verifyPositions,
  },
  substring: {
    name: 'substring',
    form: 'function',
    parameters: [value, literalNumber('start'), literalNumber('length')],
    result: () => text,
    memory: ([input, start, length]) => `Call.substring(${input}, ${start}, ${length})`,
    verify: verifyPositions,
  },
  'substring-before': { ...pair, name: 'substring before', result: () => text, repeats: 2 },
  'substring-after': { ...pair, name: 'substring after', result: () => text, repeats: 3 },
  replace: {
    name: 'replace',
    form: 'function',
    parameters: [value, literalText('part'), literalText('replacement')],
    result: () => text,
    memory: (args) => `Call.replace(${args.join(', ')})`,
    verify: ([, pattern, replacement]) =>
      refuse(pattern, /^[^\\^$.*+?()[\]{}|]+$/, 'a plain text to look for') ??
      refuse(replacement, /^[^$\\]*$/, 'a plain text'),
  },
  'string-join': {
    name: 'string join',
    form: 'function',
    parameters: [{ name: 'list', kinds: texts, list: true }, literalText('delimiter')],
    result: () => text,
  },
  'string-of-number': {
    ...stringOf,
    parameters: [{ name: 'number', kinds: ['number'], as: 'settled' }],
    memory: ([number], { args }) => `Call.textOf(${number}, ${scaleOf(args[0]?.type) ?? inexactScale})`,
  },
  'string-of-boolean': { ...stringOf, parameters: [{ name: 'condition', kinds: ['boolean'] }] },
  'string-of-date': { ...stringOf, parameters: [{ name: 'date', kinds: ['date'] }] },
} as const satisfies Record<string, ProfileRow>

function verifyPositions([, start, length]: readonly Operand[]) {
  return (
    refuse(start, /^-?[1-9]\d{0,5}$/, 'a position: 1, 2, 3 … or -1, -2 … from the end') ??
    refuse(length, /^\d{1,6}$/, 'a length')
  )
}

function refuse(expression: Operand | undefined, allowed: RegExp, wanted: string) {
  const written = String(literalOf(expression))
  return expression && !allowed.test(written) ? badLiteral(expression, written, wanted) : undefined
}
