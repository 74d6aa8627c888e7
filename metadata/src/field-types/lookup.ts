import { choiceOperators, defineFieldType, plainText } from './define-field-type.ts'

/** One record of another entity, by id. `master` makes this record a line of the other. */
export const lookup = defineFieldType({
  settings: {
    entity: { type: 'string' },
    inverse: { type: 'string' },
    onDelete: { enum: ['restrict', 'clear', 'cascade'] },
    master: { type: 'boolean' },
    unique: { type: 'boolean' },
  },
  required: ['entity'],
  value: () => ({ type: 'string', format: 'uuid' }),
  feel: 'reference',
  operators: choiceOperators,
  entitySettings: ['entity'],
  toText: plainText,
})
