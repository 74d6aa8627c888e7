import { cleanLine, normaliseText } from './clean-text.ts'
import { defineFieldType, plainText, readAs } from './define-field-type.ts'
import { textOperators } from './operators.ts'

/** A web address, http or https. */
export const url = defineFieldType({
  settings: {},
  value: () => ({ type: 'string', format: 'uri', maxLength: 2048 }),
  keywords: ['maxLength', 'pattern'],
  normalise: (value) => normaliseText(value, cleanLink),
  check: (value) =>
    typeof value !== 'string' || /^https?:\/\/[^/]/i.test(value)
      ? []
      : [{ path: '', code: 'value.scheme', message: 'A web address begins with http:// or https://.' }],
  feel: 'text',
  operators: textOperators,
  toText: plainText,
  fromText: (written) => readAs(cleanLink(written)),
})

/** People write `www.…` and paste Chinese paths; a URI has a scheme and is ASCII. */
function cleanLink(text: string): string {
  const link = cleanLine(text).replace(/^(?=www\.)/i, 'https://')
  return link.replace(/[^\x21-\x7e]+/g, (characters) => encodeURI(characters))
}
