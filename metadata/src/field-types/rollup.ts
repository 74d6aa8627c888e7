import { asText, type JsonObject } from '../json.ts'
import { computedType, resultSettings } from './computed.ts'
import {
  type Aggregation,
  defineFieldType,
  type FieldSource,
  numberSetting,
  type SettingsOf,
  type ValueFault,
} from './define-field-type.ts'
import { resultTypeNames } from './result-types.ts'

const fieldName = { type: 'string', maxLength: 48 } as const

/** Aggregates over the fields of the other records, by the setting that names the field. */
const aggregates = ['sum', 'min', 'max', 'avg'] as const

/**
 * An aggregate over the records of `from` whose lookup `by` points here: their count, or the sum, min, max or avg of one
 * of their fields, kept up to date by the engine. What it returns follows from that field unless `returns` says it. With
 * `per` and `atMost` a count or sum is made for each value of that field first, and each adds no more than `atMost`.
 */
export const rollup = defineFieldType({
  ...computedType,
  settings: {
    ...resultSettings,
    from: { type: 'string' },
    by: fieldName,
    count: { const: true },
    sum: fieldName,
    min: fieldName,
    max: fieldName,
    avg: fieldName,
    where: { type: 'string', minLength: 1, maxLength: 2000 },
    per: fieldName,
    atMost: { type: 'number' },
  },
  required: ['from', 'by'],
  complete: (settings, settingsOf) => ({ ...resultOf(settings, settingsOf), ...settings }),
  checkDefinition: aggregateFaults,
  aggregates: aggregationOf,
  entitySettings: ['from'],
})

function aggregateFaults({ settings }: FieldSource): ValueFault[] {
  const given = ['count', ...aggregates].filter((name) => settings[name] !== undefined)
  if (given.length === 1) return capFaults(settings)
  const message = `Give exactly one of count, sum, min, max and avg${given.length > 1 ? `, not ${given.join(' and ')}` : ''}.`
  return [{ path: '/x-field', code: 'rollup.aggregate', message }]
}

function capFaults(settings: JsonObject): ValueFault[] {
  const { per, atMost } = settings
  if (per === undefined && atMost === undefined) return []
  const isWhole = per !== undefined && atMost !== undefined
  if (isWhole && (settings.count !== undefined || settings.sum !== undefined)) return []
  const message = isWhole
    ? '“per” and “atMost” cap a count or a sum only; a min, max or avg has no shares that add up.'
    : 'Give “per” and “atMost” together: the field whose values are capped, and how much each may add.'
  return [{ path: '/x-field', code: 'rollup.cap', message }]
}

function aggregationOf(settings: JsonObject): Aggregation {
  const name = aggregates.find((aggregate) => asText(settings[aggregate]) !== undefined)
  return {
    from: asText(settings.from) ?? '',
    by: asText(settings.by) ?? '',
    function: name ?? 'count',
    field: name === undefined ? undefined : asText(settings[name]),
    where: asText(settings.where),
    cap: capOf(settings),
  }
}

function capOf({ per, atMost }: JsonObject): Aggregation['cap'] {
  return typeof per === 'string' && typeof atMost === 'number' ? { per, atMost } : undefined
}

/** Settings of the result that follow from the aggregated field. */
function resultOf(settings: JsonObject, settingsOf: SettingsOf): JsonObject {
  if (settings.count === true) return { returns: 'integer' }
  const name = aggregates.map((aggregate) => asText(settings[aggregate])).find((field) => field !== undefined)
  const { type = 'number', returns = type, scale, unit, currency } = aggregatedField(settings, name ?? '', settingsOf)
  const isKept = typeof returns === 'string' && resultTypeNames.includes(returns)
  const isMean = settings.avg !== undefined && numberSetting({ scale: scale ?? null }, 'scale') === undefined
  return {
    returns: isKept && !(isMean && returns === 'integer') ? returns : 'number',
    ...(scale === undefined ? {} : { scale }),
    ...(unit === undefined ? {} : { unit }),
    ...(currency === undefined ? {} : { currency }),
  }
}

/** The settings of the field; an amount in the company's currency is what the amount is. */
function aggregatedField(settings: JsonObject, name: string, settingsOf: SettingsOf): JsonObject {
  const from = asText(settings.from) ?? ''
  const own = settingsOf(from, name)
  if (own.type !== undefined || !name.endsWith('_base')) return own
  return { ...settingsOf(from, name.slice(0, -'_base'.length)), currency: 'company' }
}
