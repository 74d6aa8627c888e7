import { defineFieldType, orderedOperators, plainText } from './define-field-type.ts'

/** A calendar day, ISO 8601 `yyyy-mm-dd`. */
export const date = defineFieldType({
  settings: {},
  value: () => ({ type: 'string', format: 'date' }),
  keywords: [],
  feel: 'date',
  operators: orderedOperators,
  toText: plainText,
})
