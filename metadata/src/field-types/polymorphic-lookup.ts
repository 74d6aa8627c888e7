import { asTexts, isObject } from '../json.ts'
import { defineFieldType, readAs, unreadable } from './define-field-type.ts'
import { presenceOperators } from './operators.ts'
import { idSchema, normaliseId, readId } from './reference.ts'

/** One record of any of several entities, `{entity, id}`. */
export const polymorphicLookup = defineFieldType({
  settings: {
    entities: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 30, uniqueItems: true },
  },
  required: ['entities'],
  value: ({ settings }) => ({
    type: 'object',
    properties: { entity: { type: 'string', enum: asTexts(settings.entities) }, id: idSchema },
    required: ['entity', 'id'],
    additionalProperties: false,
  }),
  normalise: (value) => (isObject(value) && value.id !== undefined ? { ...value, id: normaliseId(value.id) } : value),
  feel: 'none',
  operators: presenceOperators,
  isTopLevel: true,
  entitySettings: ['entities'],
  toText: (value) => (isObject(value) ? `${value.entity}/${value.id}` : ''),
  fromText: (written, { settings }) => {
    const [entity = '', id = ''] = written.trim().split('/')
    const read = readId(id)
    return read.ok && asTexts(settings.entities).includes(entity)
      ? readAs({ entity, id: read.value })
      : unreadable('text.reference', `“${written}” is no record; write entity/id.`)
  },
})
