import { roundHalfUp } from '../expressions/decimal.ts'
import { asObject, asText, isObject, type Json } from '../json.ts'
import { optionFaults, optionTitle, readOption, splitList } from './choices.ts'
import { toHalfWidth } from './clean-text.ts'
import { readDecimal } from './decimal.ts'
import {
  defineFieldType,
  type FieldSource,
  numberSetting,
  type Parsed,
  readAs,
  unreadable,
  type ValueFault,
} from './define-field-type.ts'
import { presenceOperators } from './operators.ts'

/** Decimal places of a share. */
const shareScale = 4

/**
 * Parts of a whole, `[{part, share}]`: each part a key of the option-set `of` and there once, each share above zero, all
 * together `total` (default 100) `unit` (default %). Stored with the largest share first.
 */
export const breakdown = defineFieldType({
  settings: {
    of: { type: 'string' },
    total: { type: 'number', exclusiveMinimum: 0, maximum: 1_000_000 },
    unit: { type: 'string', maxLength: 20 },
  },
  required: ['of'],
  value: ({ settings }) => ({
    type: 'array',
    items: {
      type: 'object',
      properties: {
        part: { type: 'string', minLength: 1, maxLength: 60 },
        share: { type: 'number', exclusiveMinimum: 0, maximum: totalOf(settings) },
      },
      required: ['part', 'share'],
      additionalProperties: false,
    },
    minItems: 1,
    maxItems: 50,
  }),
  keywords: ['minItems', 'maxItems'],
  normalise: (value) => (Array.isArray(value) ? normaliseShares(value) : value),
  check: (value, field) => [...partFaults(value, field), ...totalFaults(value, field)],
  feel: 'none',
  operators: presenceOperators,
  hasOptions: true,
  optionSetSetting: 'of',
  toText: (value, field) =>
    sharesOf(value)
      .map(({ part, share }) => `${optionTitle(part, field)} ${share}${unitOf(field)}`)
      .join(', '),
  fromText: readBreakdown,
})

function totalOf(settings: FieldSource['settings']): number {
  return numberSetting(settings, 'total') ?? 100
}

function unitOf({ settings }: FieldSource): string {
  return asText(settings.unit) ?? '%'
}

function sharesOf(value: Json): { readonly part: string; readonly share: number }[] {
  const entries = Array.isArray(value) ? value.map(asObject) : []
  return entries.map(({ part, share }) => ({ part: String(part), share: Number(share) }))
}

function normaliseShares(entries: readonly Json[]): Json {
  const rounded = entries.map((entry) =>
    isObject(entry) && typeof entry.share === 'number'
      ? { ...entry, share: roundHalfUp(entry.share, shareScale) }
      : entry,
  )
  const share = (entry: Json) => Number(asObject(entry).share) || 0
  return rounded.length === 0 ? null : rounded.toSorted((a, b) => share(b) - share(a))
}

function partFaults(value: Json, field: FieldSource): ValueFault[] {
  const parts = sharesOf(value).map(({ part }) => part)
  return parts.flatMap((part, index) => {
    const path = `/${index}/part`
    if (parts.indexOf(part) === index) return optionFaults(part, field, path)
    return {
      path,
      code: 'value.partTwice',
      message: `“${optionTitle(part, field)}” is there twice; add up its shares.`,
    }
  })
}

function totalFaults(value: Json, field: FieldSource): ValueFault[] {
  const total = totalOf(field.settings)
  const sum = roundHalfUp(
    sharesOf(value).reduce((result, { share }) => result + share, 0),
    shareScale,
  )
  if (sum === total) return []
  const unit = unitOf(field)
  return [
    {
      path: '',
      code: 'value.total',
      message: `The shares add up to ${sum}${unit}; they must be ${total}${unit} together.`,
    },
  ]
}

/** `cotton 60%, wool 40%`, also with the share in front or without a space. */
function readBreakdown(text: string, field: FieldSource): Parsed {
  const entries: Json[] = []
  for (const written of splitList(text.replaceAll('+', ','))) {
    const entry = toHalfWidth(written).replace(unitOf(field), '').trim()
    const [, before, name, after] = /^(\d[\d.]*)?\s*(.*?)\s*(\d[\d.]*)?$/.exec(entry) ?? []
    const share = readDecimal(after ?? before ?? '')
    const part = readOption(name ?? '', field)
    if (!part.ok) return part
    if (share === undefined) {
      return unreadable('text.share', `“${written}” has no share; write it as in “cotton 60%”.`)
    }
    entries.push({ part: part.value, share })
  }
  return readAs(entries)
}
