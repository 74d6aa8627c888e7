import { notOffered } from '../findings.ts'
import type { Operand } from '../operand.ts'
import { boolean, type FeelType } from '../types.ts'
import { commonScale, comparables, orderables, type ProfileRow } from './row.ts'
import { verifyBounds } from './verify-bounds.ts'

const truth = { kinds: ['boolean'] } as const
const comparison = {
  form: 'infix',
  alike: true,
  result: () => boolean,
} as const
const equality = {
  ...comparison,
  parameters: [
    { name: 'a', kinds: comparables, as: 'compared' },
    { name: 'b', kinds: comparables, as: 'compared' },
  ],
} as const
const ordered = (name: string) => ({ name, kinds: orderables, as: 'ordered' }) as const
const order = { ...comparison, parameters: [ordered('a'), ordered('b')] } as const
const range = (open: string, close: string) =>
  ({
    name: 'in',
    form: 'syntax',
    alike: true,
    parameters: [ordered('value'), { ...ordered('from'), literal: true }, { ...ordered('to'), literal: true }],
    result: () => boolean,
    repeats: 2,
    verify: verifyBounds,
    write: ([value, from, to]) => `(${value} in ${open}${from}..${to}${close})`,
  }) as const satisfies ProfileRow
const emptiness = (operator: string) =>
  ({
    name: operator,
    form: 'syntax',
    parameters: [{ name: 'value', kinds: [...comparables, 'list', 'context', 'unknown'] }],
    result: () => boolean,
    verify: verifyStored,
    write: ([value]) => `(${value} ${operator} null)`,
  }) as const satisfies ProfileRow

/** Conditions, comparisons and choice. Null follows FEEL: `=` is never null, `<` with null is null, `and` has three values. */
export const logic = {
  and: { name: 'and', form: 'infix', parameters: [both('a'), both('b')], variadic: true, result: () => boolean },
  or: { name: 'or', form: 'infix', parameters: [both('a'), both('b')], variadic: true, result: () => boolean },
  not: { name: 'not', form: 'function', parameters: [both('condition')], result: () => boolean },
  'is-null': emptiness('='),
  'is-not-null': emptiness('!='),
  equal: { ...equality, name: '=' },
  'not-equal': { ...equality, name: '!=' },
  less: { ...order, name: '<' },
  'less-or-equal': { ...order, name: '<=' },
  greater: { ...order, name: '>' },
  'greater-or-equal': { ...order, name: '>=' },
  between: {
    name: 'between',
    form: 'syntax',
    alike: true,
    parameters: [ordered('value'), ordered('from'), ordered('to')],
    result: () => boolean,
    repeats: 2,
    write: ([value, from, to]) => `(${value} between ${from} and ${to})`,
  },
  'in-list': {
    name: 'in',
    form: 'syntax',
    parameters: [
      { name: 'value', kinds: comparables, as: 'compared' },
      { name: 'list', kinds: comparables, list: true, as: 'compared' },
    ],
    alike: true,
    result: () => boolean,
    write: ([value, list]) => `(${value} in ${list})`,
  },
  'in-range': range('[', ']'),
  'in-range-open-start': range('(', ']'),
  'in-range-open-end': range('[', ')'),
  'in-range-open': range('(', ')'),
  if: {
    name: 'if',
    form: 'syntax',
    parameters: [both('condition'), { name: 'then', kinds: comparables }, { name: 'else', kinds: comparables }],
    result: ([, first, second]) => either(first, second),
    write: ([condition, first, second]) => `(if ${condition} then ${first} else ${second})`,
  },
} as const satisfies Record<string, ProfileRow>

/** A list that the expression makes, and a list of records, is never null: it is empty. */
function verifyStored([value]: readonly Operand[]) {
  if (value?.type.kind !== 'list') return undefined
  const isStored = value.node === 'reference' && value.type.of.kind !== 'context'
  return isStored ? undefined : notOffered(value, 'Comparing this list with null', 'write count(…) = 0')
}

function both(name: string) {
  return { name, ...truth }
}

/** The type that holds either value; the first when they do not fit each other. */
function either(first: FeelType = boolean, second: FeelType = first): FeelType {
  if (first.kind === 'null') return second
  if (second.kind === 'null') return first
  if (first.kind === 'number') return commonScale([first, second])
  if (first.kind === 'option' && second.kind === 'option') {
    return first.options.join() === second.options.join() ? first : { kind: 'text' }
  }
  return first.kind === 'option' ? second : first
}
