import { LinkOutlined, MailOutlined, PhoneOutlined } from '@ant-design/icons'
import { type Json, textOfValue } from '@heddle/metadata'
import { Input } from 'antd'
import type { HTMLInputTypeAttribute, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../format-context.ts'
import type { WidgetProps } from '../widget.ts'
import { inputProps } from './input-props.ts'
import { useTypedText } from './use-typed-text.ts'

/** Text as it is stored. */
function asWritten(value: Json): string {
  return typeof value === 'object' ? '' : String(value)
}

/** One line of text. */
export function TextWidget(props: WidgetProps) {
  const { maxLength } = props.field.value
  return (
    <Input
      {...inputProps(props)}
      {...useTypedText(props, { shown: asWritten })}
      {...(typeof maxLength === 'number' ? { maxLength } : {})}
      autoComplete="off"
    />
  )
}

/** A code in letters of equal width, e.g. from a scanner. */
export function CodeWidget(props: WidgetProps) {
  return (
    <Input
      {...inputProps(props)}
      {...useTypedText(props, { shown: asWritten })}
      className="heddle-code"
      autoComplete="off"
    />
  )
}

/** A text nobody should read over the shoulder. */
export function SecretWidget(props: WidgetProps) {
  return (
    <Input.Password {...inputProps(props)} {...useTypedText(props, { shown: asWritten })} autoComplete="new-password" />
  )
}

/** Text of several lines; one line in a cell. */
export function LongTextWidget(props: WidgetProps) {
  const typed = useTypedText(props, { shown: asWritten })
  if (props.place === 'cell') return <Input {...inputProps(props)} {...typed} autoComplete="off" />
  return <Input.TextArea {...inputProps(props)} {...typed} autoSize={{ minRows: 2, maxRows: 12 }} />
}

/** Any JSON, checked while it is typed. */
export function JsonWidget(props: WidgetProps) {
  const typed = useTypedText(props, { shown: (value) => JSON.stringify(value, null, 2) })
  return (
    <Input.TextArea
      {...inputProps(props)}
      {...typed}
      className="heddle-code"
      spellCheck={false}
      autoSize={{ minRows: 2, maxRows: 16 }}
    />
  )
}

/** An e-mail address with a way to write to it. */
export function EmailWidget(props: WidgetProps) {
  return <ContactInput {...props} type="email" scheme="mailto:" icon={<MailOutlined />} action="mail" />
}

/** A telephone number with a way to call it. */
export function PhoneWidget(props: WidgetProps) {
  return <ContactInput {...props} type="tel" scheme="tel:" icon={<PhoneOutlined />} action="call" />
}

/** A web address with a way to open it. */
export function UrlWidget(props: WidgetProps) {
  return <ContactInput {...props} type="url" scheme="" icon={<LinkOutlined />} action="open" />
}

/** A text that the field type shows and reads in words of its own, e.g. `37.38, 117.97`. */
export function WordsWidget(props: WidgetProps) {
  const { timeZone } = useFormat()
  return (
    <Input
      {...inputProps(props)}
      {...useTypedText(props, { shown: (value) => textOfValue(props.field, value, { timeZone }) })}
      autoComplete="off"
    />
  )
}

interface ContactInputProps extends WidgetProps {
  readonly type: HTMLInputTypeAttribute
  readonly scheme: string
  readonly icon: ReactNode
  readonly action: 'mail' | 'call' | 'open'
}

function ContactInput({ type, scheme, icon, action, ...props }: ContactInputProps) {
  const { t } = useTranslation('forms')
  const { value, isInvalid, place } = props
  const canFollow = typeof value === 'string' && value !== '' && !isInvalid && place === 'form'
  return (
    <Input
      {...inputProps(props)}
      {...useTypedText(props, { shown: asWritten })}
      type={type}
      autoComplete="off"
      suffix={
        canFollow ? (
          <a
            className="heddle-input-action"
            href={`${scheme}${value}`}
            aria-label={t(`widget.${action}`, { title: value })}
            {...(scheme === '' ? { target: '_blank', rel: 'noreferrer' } : {})}
          >
            {icon}
          </a>
        ) : (
          <span />
        )
      }
    />
  )
}
