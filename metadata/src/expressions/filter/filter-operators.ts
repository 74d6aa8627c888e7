import type { FeelType } from '../types.ts'

/** One operator of the filter builder: how many values it takes and what it says in FEEL. */
export interface FilterOperator {
  readonly values: 'none' | 'one' | 'two' | 'many'
  readonly write: (field: string, values: readonly string[], type: FeelType) => string
}

const comparison = (operator: string): FilterOperator => ({
  values: 'one',
  write: (field, [value]) => `(${field} ${operator} ${value})`,
})
const call = (name: string): FilterOperator => ({
  values: 'one',
  write: (field, [value]) => `${name}(${field}, ${value})`,
})

/** The operators of the filter builder, by name. */
export const filterOperators: Readonly<Record<string, FilterOperator>> = {
  '=': comparison('='),
  '!=': comparison('!='),
  '<': comparison('<'),
  '<=': comparison('<='),
  '>': comparison('>'),
  '>=': comparison('>='),
  in: { values: 'many', write: (field, values) => `(${field} in [${values.join(', ')}])` },
  'not in': { values: 'many', write: (field, values) => `not(${field} in [${values.join(', ')}])` },
  contains: {
    values: 'one',
    write: (field, [value], type) => `${type.kind === 'list' ? 'list contains' : 'contains'}(${field}, ${value})`,
  },
  'starts with': call('starts with'),
  'ends with': call('ends with'),
  between: { values: 'two', write: (field, [low, high]) => `(${field} between ${low} and ${high})` },
  under: call('under'),
  empty: { values: 'none', write: (field, _, type) => writeEmpty(field, type) },
  'not empty': { values: 'none', write: (field, _, type) => `not(${writeEmpty(field, type)})` },
}

function writeEmpty(field: string, type: FeelType): string {
  if (type.kind !== 'list') return `(${field} = null)`
  return type.of.kind === 'context' ? `(count(${field}) = 0)` : `(${field} = null or count(${field}) = 0)`
}
