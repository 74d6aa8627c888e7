import { inexactScale } from '../decimal.ts'
import { badLiteral } from '../findings.ts'
import type { Operand } from '../operand.ts'
import { decimalNumber, type FeelType, number, scaleOf } from '../types.ts'
import { commonScale, literalOf, numbers, type ProfileRow, texts } from './row.ts'

const operand = (name: string) => ({ name, kinds: numbers }) as const
const settled = { name: 'number', kinds: numbers, as: 'settled' } as const
const arithmetic = { form: 'infix', parameters: [operand('a'), operand('b')] } as const
const rounding = {
  form: 'function',
  parameters: [settled, { name: 'scale', kinds: numbers, literal: true }],
  verify: ([, scale]) =>
    scale && !/^[0-8]$/.test(String(literalOf(scale)))
      ? badLiteral(scale, String(literalOf(scale)), `a number of decimal places from 0 to ${inexactScale}`)
      : undefined,
} as const satisfies Partial<ProfileRow>
const sameScale = ([type]: readonly FeelType[]) => decimalNumber(scaleOf(type))
const whole = () => decimalNumber(0)

/**
 * Arithmetic. Memory counts in doubles and SQL in numeric; they agree because worked out numbers are settled (rounded
 * to their scale, or to 8 places) before they are compared, rounded, shown or returned.
 */
export const numberFunctions = {
  add: { ...arithmetic, name: '+', result: (types) => commonScale(types) },
  subtract: { ...arithmetic, name: '-', result: (types) => commonScale(types) },
  multiply: {
    ...arithmetic,
    name: '*',
    result: (types) => commonScale(types, (scales) => scales.reduce((sum, scale) => sum + scale, 0)),
  },
  divide: { ...arithmetic, name: '/', result: () => number },
  negate: { name: '-', form: 'prefix', parameters: [operand('number')], result: sameScale },
  absolute: { name: 'abs', form: 'function', parameters: [operand('number')], result: sameScale },
  floor: { name: 'floor', form: 'function', parameters: [settled], result: whole },
  ceiling: { name: 'ceiling', form: 'function', parameters: [settled], result: whole },
  'round-half-up': rounded('round half up', 'roundHalfUp'),
  'round-half-down': { ...rounded('round half down', 'roundHalfDown'), repeats: 2 },
  'round-half-even': { ...rounded('decimal', 'roundHalfEven'), repeats: 5 },
  'round-up': { ...rounded('round up', 'roundUp'), repeats: 2 },
  'round-down': rounded('round down', 'roundDown'),
  modulo: {
    name: 'modulo',
    form: 'function',
    parameters: [
      { ...settled, name: 'dividend' },
      { ...settled, name: 'divisor' },
    ],
    result: (types) => commonScale(types),
    memory: ([dividend, divisor], { type }) => `Call.modulo(${dividend}, ${divisor}, ${scaleOf(type) ?? inexactScale})`,
    repeats: 3,
  },
  'number-of-text': {
    name: 'number',
    form: 'function',
    parameters: [{ name: 'text', kinds: texts }],
    result: () => decimalNumber(6),
    memory: ([text]) => `Call.numberOf(${text})`,
    repeats: 2,
  },
} as const satisfies Record<string, ProfileRow>

function rounded(name: string, helper: string) {
  return {
    ...rounding,
    name,
    result: (_: readonly FeelType[], [, scale]: readonly Operand[]) => decimalNumber(Number(literalOf(scale))),
    memory: ([value, scale]: readonly string[]) => `Call.${helper}(${value}, ${scale})`,
  }
}
