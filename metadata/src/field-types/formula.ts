import { computedType, resultSettings } from './computed.ts'
import { defineFieldType, type ValueFault } from './define-field-type.ts'

/** A FEEL expression over the record and its lookups, computed when read. */
export const formula = defineFieldType({
  ...computedType,
  settings: {
    ...resultSettings,
    expression: { type: 'string', minLength: 1, maxLength: 2000 },
    stored: { type: 'boolean' },
  },
  required: ['returns', 'expression'],
  warnings: ({ settings }) => (settings.stored === true ? [notStored] : []),
})

const notStored: ValueFault = {
  path: '/x-field/stored',
  code: 'formula.stored',
  message: 'Stored formulas are not offered yet: the value is right, but worked out at each reading.',
}
