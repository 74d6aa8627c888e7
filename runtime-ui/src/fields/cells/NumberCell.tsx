import { asText, valueTypeOf } from '@heddle/metadata'
import type { CellProps } from '../face.ts'
import { formatAmount, formatNumber } from '../format.ts'
import { useFormat } from '../format-context.ts'
import { textOf } from './TextCell.tsx'

/** A number with thousands separators. */
export function NumberCell({ value }: CellProps) {
  const { locale } = useFormat()
  return typeof value === 'number' ? formatNumber(value, locale) : textOf(value)
}

/** Hundredths with their sign. */
export function PercentCell({ value }: CellProps) {
  const { locale } = useFormat()
  return typeof value === 'number' ? `${formatNumber(value, locale)}%` : textOf(value)
}

/** A quantity with its unit. */
export function MeasureCell({ value, field }: CellProps) {
  const { locale } = useFormat()
  if (typeof value !== 'number') return textOf(value)
  return (
    <>
      {formatNumber(value, locale)} <span className="heddle-unit">{unitText(asText(field.settings.unit) ?? '')}</span>
    </>
  )
}

/** An amount in the record's currency, the exact one on hover. */
export function MoneyCell({ value, field, record }: CellProps) {
  const settings = useFormat()
  if (typeof value !== 'number') return textOf(value)
  const scale = valueTypeOf(field).scale?.(field.settings) ?? 2
  const currency = field.name.endsWith('_base') || field.settings.currency === 'company' ? '' : asText(record.currency)
  const exact = formatNumber(value, settings.locale, scale)
  const shown = formatAmount(value, settings, { scale, ...(currency ? { currency } : {}) })
  return <span title={shown === exact ? undefined : exact}>{shown}</span>
}

/** A unit as people write it: `g/m²` for `g/m2`. */
export function unitText(unit: string): string {
  return unit.replace(/([a-z])2\b/g, '$1²').replace(/([a-z])3\b/g, '$1³')
}
