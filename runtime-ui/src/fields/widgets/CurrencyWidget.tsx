import { asObject, asText } from '@heddle/metadata'
import { Select } from 'antd'
import { useFormat } from '../format-context.ts'
import type { WidgetProps } from '../widget.ts'
import { inputProps } from './input-props.ts'

/** The currency of a record: the company's, which an empty one becomes, or one that settings know a rate of. */
export function CurrencyWidget(props: WidgetProps) {
  const { value, onChange, release } = props
  const { currency, locale } = useFormat()
  const names = new Intl.DisplayNames(locale, { type: 'currency' })
  const rates = Object.keys(asObject(asObject(release.definitions.get('settings/site')?.body).rates))
  const known = [...new Set([currency, ...rates, ...(asText(value) === undefined ? [] : [String(value)])])]
  const labelOf = (code: string) => `${code} ${names.of(code) ?? ''}`
  return (
    <Select
      {...inputProps(props)}
      className="heddle-fill"
      value={asText(value) ?? null}
      placeholder={labelOf(currency)}
      onChange={(code: string | null) => onChange(code)}
      options={known.map((code) => ({ value: code, label: labelOf(code) }))}
      showSearch={{ optionFilterProp: 'label' }}
    />
  )
}
