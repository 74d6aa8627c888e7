/** Filter operators a field offers in the filter builder. */
export type Operator =
  | '='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'in'
  | 'not in'
  | 'contains'
  | 'starts with'
  | 'ends with'
  | 'between'
  | 'under'
  | 'empty'
  | 'not empty'

/** Operators of values that can only be there or not. */
export const presenceOperators = ['empty', 'not empty'] as const
/** Operators of values with an order. */
export const orderedOperators = ['=', '!=', '<', '<=', '>', '>=', 'between', ...presenceOperators] as const
/** Operators of free text. */
export const textOperators = [
  'contains',
  '=',
  '!=',
  'starts with',
  'ends with',
  'in',
  'not in',
  ...presenceOperators,
] as const
/** Operators of values chosen from a set. */
export const choiceOperators = ['=', '!=', 'in', 'not in', ...presenceOperators] as const
/** Operators of values chosen from a set whose order counts. */
export const rankedOperators = ['=', '!=', '<', '<=', '>', '>=', 'in', 'not in', ...presenceOperators] as const
/** Operators of lists of texts: `contains` asks for an entry. */
export const listOperators = ['contains', ...presenceOperators] as const
/** Operators of values that are only the same or not. */
export const equalityOperators = ['=', '!=', ...presenceOperators] as const
