import { boundFaults, decimalType, largestDecimal, notANumber, readDecimal } from './decimal.ts'
import { defineFieldType, readAs, unreadable } from './define-field-type.ts'

const largest = largestDecimal(0)
const shared = decimalType(0)

/** A whole number of at most 15 digits; fractions are refused, not rounded. */
export const integer = defineFieldType({
  ...shared,
  settings: { unique: { type: 'boolean' } },
  value: () => ({ type: 'integer', minimum: -largest, maximum: largest }),
  checkDefinition: ({ source }) => boundFaults(source, largest),
  normalise: (value) => value,
  scale: () => 0,
  fromText: (written) => {
    const value = readDecimal(written)
    if (value === undefined) return notANumber(written)
    return Number.isInteger(value) ? readAs(value) : unreadable('text.integer', `“${written}” is no whole number.`)
  },
})
