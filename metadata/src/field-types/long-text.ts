import { cleanText, normaliseText } from './clean-text.ts'
import { defineFieldType, plainText, readAs } from './define-field-type.ts'
import { textOperators } from './operators.ts'

/** Text of several lines; 10,000 characters unless `maxLength` says otherwise. */
export const longText = defineFieldType({
  settings: {},
  value: ({ source }) => ({ type: 'string', maxLength: source.maxLength ?? 10_000 }),
  keywords: ['minLength', 'maxLength'],
  normalise: (value) => normaliseText(value, cleanText),
  feel: 'text',
  operators: textOperators,
  toText: plainText,
  fromText: (written) => readAs(cleanText(written)),
})
