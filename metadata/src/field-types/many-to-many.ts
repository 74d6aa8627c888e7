import { defineFieldType } from './define-field-type.ts'
import { normaliseSet } from './normalise-set.ts'
import { presenceOperators } from './operators.ts'
import { idSchema, normaliseId } from './reference.ts'

/** Records of another entity, by id, each once. */
export const manyToMany = defineFieldType({
  settings: { entity: { type: 'string' }, inverse: { type: 'string' } },
  required: ['entity'],
  value: () => ({ type: 'array', items: idSchema, uniqueItems: true, maxItems: 1000 }),
  keywords: ['minItems', 'maxItems'],
  normalise: (value) => normaliseSet(value, (ids) => ids.map(normaliseId)),
  feel: 'none',
  operators: presenceOperators,
  source: 'links',
  isTopLevel: true,
  entitySettings: ['entity'],
  toText: (value) => (Array.isArray(value) ? String(value.length) : ''),
})
