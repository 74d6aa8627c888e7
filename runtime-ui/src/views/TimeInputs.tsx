import { type Json, valueOfText } from '@heddle/metadata'
import { DatePicker, Input, TimePicker } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { durationText } from '../fields/cells/duration-parts.ts'
import { clockAt, momentAt } from '../fields/company-clock.ts'
import { useFormat } from '../fields/format-context.ts'
import type { InputProps } from './filter-input.ts'

/** A calendar day. */
export function DayInput({ column, value, onChange }: InputProps) {
  const day = typeof value === 'string' ? dayjs(value) : null
  return (
    <DatePicker
      aria-label={column.title}
      value={day}
      onChange={(next) => onChange(next?.format('YYYY-MM-DD') ?? null)}
      style={{ width: '100%' }}
    />
  )
}

/** A moment on the company's clock, to the minute. */
export function MomentInput({ column, value, onChange }: InputProps) {
  const { timeZone } = useFormat()
  const change = (picked: Dayjs | null) => {
    const read = picked === null ? undefined : momentAt(picked, timeZone)
    onChange(read?.ok === true ? read.value : null)
  }
  return (
    <DatePicker
      aria-label={column.title}
      showTime={{ format: 'HH:mm' }}
      value={clockAt(value, timeZone)}
      onChange={change}
      style={{ width: '100%' }}
    />
  )
}

/** A time of day. */
export function ClockInput({ column, value, onChange }: InputProps) {
  const time = typeof value === 'string' ? dayjs(`2000-01-01T${value}`) : null
  return (
    <TimePicker
      aria-label={column.title}
      value={time}
      onChange={(next) => onChange(next?.format('HH:mm:ss') ?? null)}
      style={{ width: '100%' }}
    />
  )
}

/** A length of time in words, as in forms: `1天2小时`, `90 min`. */
export function DurationInput({ column, value, onChange }: InputProps) {
  const { t } = useTranslation()
  const { timeZone } = useFormat()
  const [text, setText] = useState(() => durationText(typeof value === 'string' ? value : '', t))
  const read = (next: string): Json => {
    const parsed = column.field === undefined ? undefined : valueOfText(column.field, next, { timeZone })
    return parsed?.ok === true ? parsed.value : null
  }
  return (
    <Input
      aria-label={column.title}
      value={text}
      onChange={({ target }) => {
        setText(target.value)
        onChange(read(target.value))
      }}
    />
  )
}
