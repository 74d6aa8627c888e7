import { cleanLine, normaliseText, toHalfWidth } from './clean-text.ts'
import { defineFieldType, plainText, readAs } from './define-field-type.ts'
import { textOperators } from './operators.ts'

/** A telephone number as typed, without spaces; an extension follows `转`, `x`, `ext` or `#`. */
export const phone = defineFieldType({
  settings: { unique: { type: 'boolean' } },
  value: () => ({
    type: 'string',
    maxLength: 40,
    pattern: '^\\+?[0-9(][0-9()./-]{2,28}((转|x|ext\\.?|#)[0-9]{1,6})?$',
  }),
  keywords: ['maxLength', 'pattern'],
  normalise: (value) => normaliseText(value, cleanNumber),
  feel: 'text',
  operators: textOperators,
  toText: plainText,
  fromText: (written) => readAs(cleanNumber(written)),
})

function cleanNumber(text: string): string {
  return toHalfWidth(cleanLine(text))
    .replace(/[\s\u00a0]/g, '')
    .toLowerCase()
}
