import { AimOutlined } from '@ant-design/icons'
import { asObject, asText, type Json } from '@heddle/metadata'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { optionsOf } from '../options.ts'
import type { WidgetProps } from '../widget.ts'
import { inputProps } from './input-props.ts'
import { BranchSelect } from './OptionWidget.tsx'
import { WordsWidget } from './TextWidget.tsx'

/** Region level by level, street and postcode. */
export function AddressWidget(props: WidgetProps) {
  const { t } = useTranslation('forms')
  const { id, field, release, value, onChange } = props
  const parts = asObject(value)
  const change = (part: string, text: Json) => {
    const next = Object.entries({ ...parts, [part]: text }).filter(([, each]) => each !== null && each !== '')
    onChange(next.length === 0 ? null : Object.fromEntries(next))
  }
  const inner = (part: string, title: string) => ({
    ...inputProps({ ...props, id: `${id}-${part}`, label: `${field.title} ${title}`, autoFocus: false }),
    placeholder: title,
  })
  const hasTree = typeof field.settings.optionSet === 'string'
  return (
    <div className="heddle-address">
      {hasTree ? (
        <BranchSelect
          {...props}
          label={`${field.title} ${t('widget.region')}`}
          placeholder={t('widget.region')}
          options={optionsOf(field, release)}
          chosen={asText(parts.region)}
          onChoose={(key) => change('region', key ?? null)}
        />
      ) : (
        <Input
          {...inner('region', t('widget.region'))}
          id={id}
          value={asText(parts.region) ?? ''}
          onChange={({ target }) => change('region', target.value)}
        />
      )}
      <Input
        {...inner('postcode', t('widget.postcode'))}
        value={asText(parts.postcode) ?? ''}
        inputMode="numeric"
        onChange={({ target }) => change('postcode', target.value)}
      />
      <Input
        {...inner('text', t('widget.street'))}
        className="heddle-address-street"
        value={asText(parts.text) ?? ''}
        onChange={({ target }) => change('text', target.value)}
      />
    </div>
  )
}

/** Latitude and longitude, typed or taken from where this device is. */
export function LocationWidget(props: WidgetProps) {
  const { t } = useTranslation('forms')
  const [isLocating, setLocating] = useState(false)
  const locate = () => {
    setLocating(true)
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setLocating(false)
        props.onChange({ lat: coords.latitude, lng: coords.longitude })
      },
      () => setLocating(false),
      { timeout: 10_000 },
    )
  }
  return (
    <span className="heddle-with-action">
      <WordsWidget {...props} />
      {props.place === 'form' && 'geolocation' in navigator && (
        <Button
          type="text"
          icon={<AimOutlined />}
          loading={isLocating}
          onClick={locate}
          aria-label={t('widget.locate')}
        />
      )}
    </span>
  )
}
