import { defineFieldType } from './define-field-type.ts'
import { presenceOperators } from './operators.ts'

/** Child records edited with their parent: the records of `entity` whose lookup `by` points here. */
export const lines = defineFieldType({
  settings: { entity: { type: 'string' }, by: { type: 'string' } },
  required: ['entity', 'by'],
  value: () => ({ type: 'array', items: { type: 'object' }, maxItems: 1000 }),
  keywords: ['minItems', 'maxItems'],
  feel: 'records',
  operators: presenceOperators,
  source: 'children',
  isTopLevel: true,
  entitySettings: ['entity'],
  toText: (value) => (Array.isArray(value) ? String(value.length) : ''),
})
