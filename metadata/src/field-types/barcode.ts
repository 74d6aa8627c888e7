import { asText, type Json } from '../json.ts'
import { cleanLine, normaliseText, toHalfWidth } from './clean-text.ts'
import { defineFieldType, type FieldSource, plainText, readAs, type ValueFault } from './define-field-type.ts'
import { textOperators } from './operators.ts'

/** What each symbology can hold; those of GS1 end with a check digit (GS1 General Specifications, 7.9). */
const symbologies: { readonly [name: string]: { readonly pattern: string; readonly hasCheckDigit: boolean } } = {
  ean13: { pattern: '^[0-9]{13}$', hasCheckDigit: true },
  ean8: { pattern: '^[0-9]{8}$', hasCheckDigit: true },
  upca: { pattern: '^[0-9]{12}$', hasCheckDigit: true },
  code128: { pattern: '^[ -~]+$', hasCheckDigit: false },
}

/** The content of a bar code of `symbology` (default code128). */
export const barcode = defineFieldType({
  settings: { symbology: { enum: Object.keys(symbologies) }, unique: { type: 'boolean' } },
  value: ({ settings }) => ({ type: 'string', maxLength: 80, pattern: symbologyOf(settings).pattern }),
  normalise: (value, { settings }) => normaliseText(value, (text) => cleanCode(text, settings)),
  check: (value, field) => checkDigitFaults(value, field),
  feel: 'text',
  operators: textOperators,
  toText: plainText,
  fromText: (written, { settings }) => readAs(cleanCode(written, settings)),
})

function symbologyOf(settings: FieldSource['settings']) {
  return symbologies[asText(settings.symbology) ?? ''] ?? { pattern: '^[ -~]+$', hasCheckDigit: false }
}

/** Digits of a GS1 code are printed in groups; elsewhere spaces and hyphens count. */
function cleanCode(text: string, settings: FieldSource['settings']): string {
  const code = toHalfWidth(cleanLine(text))
  return symbologyOf(settings).hasCheckDigit ? code.replace(/[\s-]/g, '') : code
}

function checkDigitFaults(value: Json, { settings }: FieldSource): ValueFault[] {
  const code = plainText(value)
  if (!symbologyOf(settings).hasCheckDigit) return []
  const expected = checkDigitOf(code.slice(0, -1))
  if (code.endsWith(expected)) return []
  const message = `The check digit of ${code} should be ${expected}; look for a mistyped digit.`
  return [{ path: '', code: 'value.checkDigit', message }]
}

/** Weights 3 and 1 alternate from the right; the check digit fills the sum up to a multiple of ten. */
function checkDigitOf(digits: string): string {
  const sum = [...digits]
    .reverse()
    .reduce((result, digit, index) => result + Number(digit) * (index % 2 === 0 ? 3 : 1), 0)
  return String((10 - (sum % 10)) % 10)
}
