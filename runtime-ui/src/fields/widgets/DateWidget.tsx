import type { Json } from '@heddle/metadata'
import { DatePicker, TimePicker } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import customParseFormat from 'dayjs/plugin/customParseFormat.js'
import { clockAt, momentAt } from '../company-clock.ts'
import { useFormat } from '../format-context.ts'
import { unread } from '../unread.ts'
import type { WidgetProps } from '../widget.ts'
import { inputProps } from './input-props.ts'

dayjs.extend(customParseFormat)

const dayFormats = [
  'YYYY-MM-DD',
  'YYYY-M-D',
  'YYYY/M/D',
  'YYYY.M.D',
  'YYYYMMDD',
  'YYYY年M月D日',
  'M-D',
  'M/D',
  'M月D日',
]
const momentFormats = dayFormats.map((format) => `${format} HH:mm`)
const clockFormats = ['HH:mm', 'HH:mm:ss', 'HHmm', 'H:m']

/** A calendar day, typed or picked. */
export function DateWidget(props: WidgetProps) {
  const { value, onChange } = props
  const { locale } = useFormat()
  return (
    <DatePicker
      {...pickerProps(props)}
      value={parsed(value, 'YYYY-MM-DD')}
      onChange={(day) => onChange(day?.format('YYYY-MM-DD') ?? null)}
      format={[...(locale === 'en' ? ['D MMM YYYY'] : []), ...dayFormats]}
    />
  )
}

/** A moment on the company's clock. */
export function DatetimeWidget(props: WidgetProps) {
  const { value, onChange } = props
  const { timeZone } = useFormat()
  const change = (picked: Dayjs | null) => {
    if (picked === null) return onChange(null)
    const read = momentAt(picked, timeZone)
    onChange(read.ok ? read.value : unread(picked.format('YYYY-MM-DD HH:mm:ss')))
  }
  return (
    <DatePicker
      {...pickerProps(props)}
      value={clockAt(value, timeZone)}
      onChange={change}
      showTime={{ format: 'HH:mm', minuteStep: 5 }}
      format={momentFormats}
    />
  )
}

/** A time of day. */
export function TimeWidget(props: WidgetProps) {
  const { value, onChange } = props
  return (
    <TimePicker
      {...pickerProps(props)}
      value={parsed(value, 'HH:mm:ss')}
      onChange={(time) => onChange(time?.format('HH:mm:ss') ?? null)}
      format={clockFormats}
      showSecond={false}
      minuteStep={5}
    />
  )
}

function pickerProps(props: WidgetProps) {
  return {
    ...inputProps(props),
    needConfirm: false,
    placeholder: '',
    allowClear: !props.isRequired,
    className: 'heddle-fill',
    ...(props.isOpened ? { defaultOpen: true } : {}),
  }
}

function parsed(value: Json, format: string): Dayjs | null {
  if (typeof value !== 'string') return null
  const moment = dayjs(value, format)
  return moment.isValid() ? moment : null
}
