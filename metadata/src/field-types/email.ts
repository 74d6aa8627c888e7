import { cleanLine, normaliseText, toHalfWidth } from './clean-text.ts'
import { defineFieldType, plainText, readAs } from './define-field-type.ts'
import { textOperators } from './operators.ts'

/** One e-mail address, in lower case. */
export const email = defineFieldType({
  settings: { unique: { type: 'boolean' } },
  value: () => ({ type: 'string', format: 'email', maxLength: 254 }),
  keywords: ['maxLength', 'pattern'],
  normalise: (value) => normaliseText(value, cleanAddress),
  feel: 'text',
  operators: textOperators,
  toText: plainText,
  fromText: (written) => readAs(cleanAddress(written)),
})

function cleanAddress(text: string): string {
  return toHalfWidth(cleanLine(text)).toLowerCase()
}
