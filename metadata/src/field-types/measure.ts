import { asText, asTexts, type JsonObject } from '../json.ts'
import { decimalType, notANumber, readDecimal, scaleSetting } from './decimal.ts'
import {
  defineFieldType,
  type FieldSource,
  type Parsed,
  readAs,
  unreadable,
  type ValueFault,
} from './define-field-type.ts'
import { convertUnit, isNameOfUnit, unitsLike } from './unit-conversions.ts'

const shared = decimalType(4)

/** A quantity in one stored unit; `units` may be entered too and are converted. Rounded to `scale` places (default 4). */
export const measure = defineFieldType({
  ...shared,
  settings: {
    unit: { type: 'string', minLength: 1, maxLength: 20 },
    scale: scaleSetting,
    units: {
      type: 'array',
      items: { type: 'string', minLength: 1, maxLength: 20 },
      uniqueItems: true,
      maxItems: 10,
    },
  },
  required: ['unit'],
  checkDefinition: (field) => [...shared.checkDefinition(field), ...unitFaults(field)],
  fromText: (written, { settings }) => readMeasure(written, settings),
})

function unitFaults({ settings }: FieldSource): ValueFault[] {
  const unit = asText(settings.unit) ?? ''
  return asTexts(settings.units)
    .filter((other) => convertUnit(1, other, unit) === undefined)
    .map((other) => {
      const known = unitsLike(unit)
      const hint = known.length > 0 ? `only ${known.join(', ')} can.` : 'no unit can; leave “units” out.'
      return {
        path: '/x-field/units',
        code: 'field.units',
        message: `“${other}” cannot be converted to “${unit}”: ${hint}`,
      }
    })
}

/** A number in the stored unit, or in one of `units` when it is written behind. */
function readMeasure(text: string, settings: JsonObject): Parsed {
  const stored = asText(settings.unit) ?? ''
  const [, digits = '', suffix = ''] = /^([\s\d.,，．０-９+＋−–－-]*)(.*)$/su.exec(text.trim()) ?? []
  const value = readDecimal(digits)
  if (value === undefined) return notANumber(text)
  const allowed = [stored, ...asTexts(settings.units)]
  const unit = suffix === '' ? stored : allowed.find((name) => isNameOfUnit(suffix, name))
  const converted = unit === undefined ? undefined : convertUnit(value, unit, stored)
  return converted === undefined
    ? unreadable('text.unit', `“${suffix.trim()}” is no unit of this field; write ${allowed.join(' or ')}.`)
    : readAs(converted)
}
