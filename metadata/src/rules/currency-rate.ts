import { asObject, asText, type Json, type JsonObject } from '../json.ts'
import type { Release } from '../release/compile-release.ts'
import type { Entity } from '../release/entity.ts'
import type { RecordFault } from './check-record.ts'

/** The values with the record's currency and the rate frozen at this moment, or why there is none. */
export function withRate(
  release: Release,
  entity: Entity,
  values: JsonObject,
  old: JsonObject | null,
): { readonly values: JsonObject; readonly faults: readonly RecordFault[] } {
  if (!entity.hasCurrency) return { values, faults: [] }
  const isNew = old === null
  const isChanged = values.currency !== undefined && values.currency !== (old?.currency ?? null)
  if (values.rate !== undefined || !(isNew || isChanged)) return { values, faults: [] }
  const settings = asObject(release.definitions.get('settings/site')?.body)
  const company = asText(settings.currency) ?? 'CNY'
  const currency = asText(values.currency) ?? company
  const rate: Json | undefined = currency === company ? 1 : asObject(settings.rates)[currency]
  if (typeof rate === 'number') return { values: { ...values, currency, rate }, faults: [] }
  const message = `The settings have no rate for “${currency}”; add one, or give “rate” with the record.`
  return { values, faults: [{ path: '/currency', code: 'currency.rate', message, severity: 'error' }] }
}
