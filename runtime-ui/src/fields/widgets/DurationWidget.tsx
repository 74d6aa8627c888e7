import { asText } from '@heddle/metadata'
import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { durationParts } from '../cells/duration-parts.ts'
import type { WidgetProps } from '../widget.ts'
import { inputProps } from './input-props.ts'
import { useTypedText } from './use-typed-text.ts'

/** A length of time in words: `1天2小时`, `90 min`. */
export function DurationWidget(props: WidgetProps) {
  const { t } = useTranslation()
  const typed = useTypedText(props, {
    shown: (value) => {
      const parts = durationParts(asText(value) ?? '')
      return parts.map(({ unit, count }) => t(`duration.${unit}`, { count })).join(' ') || (asText(value) ?? '')
    },
  })
  return <Input {...inputProps(props)} {...typed} autoComplete="off" />
}
