import { toHalfWidth } from './clean-text.ts'
import { decimalType, scaleSetting } from './decimal.ts'
import { defineFieldType, plainText } from './define-field-type.ts'

const shared = decimalType(2)

/** Hundredths: 12.5 means 12.5 %; rounded to `scale` places (default 2). */
export const percent = defineFieldType({
  ...shared,
  settings: { scale: scaleSetting },
  toText: (value) => (value === null ? '' : `${plainText(value)}%`),
  fromText: (written) => shared.fromText(toHalfWidth(written).trim().replace(/%$/, '')),
})
