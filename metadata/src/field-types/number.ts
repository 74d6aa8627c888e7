import { decimalType, scaleSetting } from './decimal.ts'
import { defineFieldType } from './define-field-type.ts'

/** A decimal number of at most 15 significant digits; writes round half up to `scale` places (default 4). */
export const number = defineFieldType({
  ...decimalType(4),
  settings: { scale: scaleSetting, unique: { type: 'boolean' } },
})
