import { computedType, resultSettings } from './computed.ts'
import { defineFieldType } from './define-field-type.ts'

/** A FEEL expression over the record, its lines and its lookups, computed when read; `stored` ones are kept in a column. */
export const formula = defineFieldType({
  ...computedType,
  settings: {
    ...resultSettings,
    expression: { type: 'string', minLength: 1, maxLength: 2000 },
    stored: { type: 'boolean' },
  },
  required: ['returns', 'expression'],
})
