import { asText } from '@heddle/metadata'
import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { durationText } from '../cells/duration-parts.ts'
import type { WidgetProps } from '../widget.ts'
import { inputProps } from './input-props.ts'
import { useTypedText } from './use-typed-text.ts'

/** A length of time in words: `1天2小时`, `90 min`. */
export function DurationWidget(props: WidgetProps) {
  const { t } = useTranslation()
  const typed = useTypedText(props, {
    shown: (value) => durationText(asText(value) ?? '', t),
  })
  return <Input {...inputProps(props)} {...typed} autoComplete="off" />
}
