import { cleanLine, normaliseText } from './clean-text.ts'
import { defineFieldType, plainText, readAs } from './define-field-type.ts'
import { textOperators } from './operators.ts'

/** One line of text; 255 characters unless `maxLength` says otherwise. */
export const text = defineFieldType({
  settings: { unique: { type: 'boolean' } },
  value: ({ source }) => ({ type: 'string', maxLength: source.maxLength ?? 255 }),
  keywords: ['minLength', 'maxLength', 'pattern'],
  normalise: (value) => normaliseText(value, cleanLine),
  feel: 'text',
  operators: textOperators,
  toText: plainText,
  fromText: (written) => readAs(cleanLine(written)),
})
