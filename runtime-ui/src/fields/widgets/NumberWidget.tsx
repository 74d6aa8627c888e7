import { asText, asTexts, convertUnit, type Json, roundHalfUp, valueTypeOf } from '@heddle/metadata'
import { Input, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { unitText } from '../cells/NumberCell.tsx'
import { formatAmount, formatNumber } from '../format.ts'
import { useFormat } from '../format-context.ts'
import type { WidgetProps } from '../widget.ts'
import { inputProps } from './input-props.ts'
import { spelledOut } from './large-number.ts'
import { useTypedText } from './use-typed-text.ts'

/** A number with thousands separators; `3.5万` is understood. */
export function NumberWidget(props: WidgetProps) {
  return <NumberInput {...props} />
}

/** Hundredths. */
export function PercentWidget(props: WidgetProps) {
  return <NumberInput {...props} suffix="%" />
}

/** An amount with its currency; large ones are also told in 万. */
export function MoneyWidget(props: WidgetProps) {
  const { value, record, field, place } = props
  const settings = useFormat()
  const scale = valueTypeOf(field).scale?.(field.settings) ?? 2
  const currency = asText(record.currency) ?? settings.currency
  const isLarge = typeof value === 'number' && Math.abs(value) >= 10_000 && settings.locale === 'zh-CN'
  const prefix = place === 'form' ? currencySign(currency, settings.locale) : undefined
  return (
    <NumberInput
      {...props}
      scale={scale}
      prefix={prefix}
      suffix={isLarge && place === 'form' ? formatAmount(value, { ...settings, currency: '' }, { scale }) : undefined}
    />
  )
}

/** A quantity; with other units to enter it in when the field has some. */
export function MeasureWidget(props: WidgetProps) {
  const { t } = useTranslation('forms')
  const { field, value, id, place } = props
  const stored = asText(field.settings.unit) ?? ''
  const units = [stored, ...asTexts(field.settings.units)]
  const [unit, setUnit] = useState(stored)
  const factor = convertUnit(1, stored, unit) ?? 1
  const toShown = (number: number) => roundHalfUp(number * factor, 4)
  const meant = (text: string) => (unit === stored || /[^\d.,，．０-９\s+-]/.test(text) ? text : `${text} ${unit}`)
  if (units.length === 1 || place === 'cell') return <NumberInput {...props} suffix={unitText(stored)} />
  return (
    <NumberInput
      {...props}
      value={typeof value === 'number' ? toShown(value) : value}
      meant={meant}
      suffix={
        <Select
          id={`${id}-unit`}
          size="small"
          variant="borderless"
          className="heddle-unit-select"
          popupMatchSelectWidth={false}
          aria-label={t('widget.unit', { title: field.title })}
          value={unit}
          onChange={setUnit}
          options={units.map((name) => ({ value: name, label: unitText(name) }))}
        />
      }
    />
  )
}

interface NumberInputProps extends WidgetProps {
  /** Places that are always shown. */
  readonly scale?: number
  readonly prefix?: ReactNode
  readonly suffix?: ReactNode
  readonly meant?: (text: string) => string
}

function NumberInput({ scale, prefix, suffix, meant = (text) => text, ...props }: NumberInputProps) {
  const { locale } = useFormat()
  const typed = useTypedText(props, {
    shown: (value) => (typeof value === 'number' ? formatNumber(value, locale, scale) : textOf(value)),
    edited: textOf,
    meant: (text) => meant(spelledOut(text)),
  })
  return (
    <Input
      {...inputProps(props)}
      {...typed}
      inputMode="decimal"
      autoComplete="off"
      className={props.place === 'cell' ? 'heddle-number-cell' : 'heddle-number'}
      {...(prefix === undefined ? {} : { prefix: <span className="heddle-unit">{prefix}</span> })}
      {...(suffix === undefined ? {} : { suffix: <span className="heddle-unit">{suffix}</span> })}
    />
  )
}

function textOf(value: Json): string {
  return typeof value === 'object' ? '' : String(value)
}

function currencySign(currency: string, locale: string): string {
  try {
    const parts = new Intl.NumberFormat(locale, { style: 'currency', currency }).formatToParts(0)
    return parts.find(({ type }) => type === 'currency')?.value ?? currency
  } catch {
    return currency
  }
}
