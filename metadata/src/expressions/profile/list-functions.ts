import { boolean, decimalNumber, type FeelKind, type FeelType, number, scaleOf, text } from '../types.ts'
import { comparables, numbers, type ProfileRow } from './row.ts'

const anything: readonly FeelKind[] = [...comparables, 'context']
const elements = { name: 'list', kinds: anything, list: true } as const
const condition = { name: 'condition', kinds: ['boolean'] } as const
const elementScale = ([type]: readonly FeelType[]) =>
  decimalNumber(type?.kind === 'list' ? scaleOf(type.of) : undefined)
const ofNumbers = {
  form: 'function',
  parameters: [{ name: 'numbers', kinds: numbers, list: true, as: 'settled' }],
  spreads: true,
  result: elementScale,
} as const
const quantifier = (name: string) =>
  ({
    name,
    form: 'syntax',
    parameters: [elements, condition],
    result: () => boolean,
    write: ([list, test]) => `(${name} item in ${list} satisfies ${test})`,
    memory: ([list, test]) => `(${name} Item in ${list} satisfies ${test})`,
  }) as const satisfies ProfileRow

/**
 * Lists: child lines, fields with several values, lists in the text. A null among the numbers makes `sum`, `min`, `max`
 * and `mean` null, as FEEL has it; of no numbers they are null, and `count` is 0.
 */
export const listFunctions = {
  count: { name: 'count', form: 'function', parameters: [elements], result: () => decimalNumber(0), repeats: 2 },
  sum: { ...ofNumbers, name: 'sum' },
  min: { ...ofNumbers, name: 'min' },
  max: { ...ofNumbers, name: 'max' },
  mean: { ...ofNumbers, name: 'mean', result: () => number },
  'list-contains': {
    name: 'list contains',
    form: 'function',
    parameters: [
      { name: 'list', kinds: comparables, list: true, as: 'compared' },
      { name: 'value', kinds: comparables, as: 'compared' },
    ],
    alike: true,
    result: () => boolean,
    memory: ([list, value]) => `(${value} in ${list})`,
  },
  some: quantifier('some'),
  every: quantifier('every'),
  filter: {
    name: 'filter',
    form: 'syntax',
    parameters: [elements, condition],
    result: ([list]) => list ?? text,
    write: ([list, test]) => `${list}[${test}]`,
    memory: ([list, test]) => `Call.filter(${list}, function(Item) ${test})`,
  },
  project: {
    name: 'path',
    form: 'syntax',
    parameters: [
      { name: 'list', kinds: ['context'], list: true },
      { name: 'field', kinds: anything },
    ],
    result: ([, field]) => ({ kind: 'list', of: field ?? text }),
    write: ([list, field]) => `${list}.${field}`,
    memory: ([list, field]) => `(${list}).${field?.replace(/^Item\./, '')}`,
  },
} as const satisfies Record<string, ProfileRow>
