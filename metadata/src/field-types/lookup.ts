import { defineFieldType } from './define-field-type.ts'
import { referenceType } from './reference.ts'

/** One record of another entity, by id. `master` makes this record a line of the other. */
export const lookup = defineFieldType({
  ...referenceType,
  settings: {
    entity: { type: 'string' },
    inverse: { type: 'string' },
    onDelete: { enum: ['restrict', 'clear', 'cascade'] },
    master: { type: 'boolean' },
    unique: { type: 'boolean' },
  },
  required: ['entity'],
  entitySettings: ['entity'],
})
