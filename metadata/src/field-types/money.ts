import { toHalfWidth } from './clean-text.ts'
import { decimalType } from './decimal.ts'
import { defineFieldType } from './define-field-type.ts'

const shared = decimalType(2)

/** An amount in the record's currency; rounded to `scale` places (default 2). */
export const money = defineFieldType({
  ...shared,
  isInCurrency: true,
  settings: { scale: { type: 'integer', minimum: 0, maximum: 6 } },
  fromText: (written) => shared.fromText(withoutCurrency(written)),
})

/** Amounts are pasted with the sign or the code of a currency; which one it is stands in the record. */
function withoutCurrency(text: string): string {
  return toHalfWidth(text)
    .trim()
    .replace(/^([+-]?)\s*(?:\p{Sc}|[A-Za-z]{3})\s*/u, '$1')
    .replace(/\s*(?:元|[A-Za-z]{3})$/, '')
}
