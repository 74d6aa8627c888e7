import { defineFieldType, plainText, textOperators } from './define-field-type.ts'

/** One line of text; 255 characters unless `maxLength` says otherwise. */
export const text = defineFieldType({
  settings: { unique: { type: 'boolean' } },
  value: ({ schema }) => ({ type: 'string', maxLength: schema.maxLength ?? 255 }),
  keywords: ['minLength', 'maxLength', 'pattern'],
  feel: 'text',
  operators: textOperators,
  toText: plainText,
})
