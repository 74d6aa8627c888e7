import { isObject } from '@heddle/metadata'
import { useTranslation } from 'react-i18next'
import type { CellProps } from '../face.ts'
import { formatDay, formatMoment, formatRelative } from '../format.ts'
import { useFormat } from '../format-context.ts'
import { durationText } from './duration-parts.ts'
import { lunarText } from './lunar-text.ts'
import { textOf } from './TextCell.tsx'

/** A calendar day. */
export function DateCell({ value }: CellProps) {
  const { locale } = useFormat()
  return /^\d{4}-\d\d-\d\d$/.test(textOf(value)) ? formatDay(textOf(value), locale) : textOf(value)
}

/** A moment relative to now, exact on hover. */
export function MomentCell({ value }: Pick<CellProps, 'value'>) {
  const settings = useFormat()
  const moment = textOf(value)
  return (
    <time dateTime={moment} title={formatMoment(moment, settings)}>
      {formatRelative(moment, settings)}
    </time>
  )
}

/** A time of day to the minute, or to the second when it has some. */
export function ClockCell({ value }: CellProps) {
  return textOf(value).replace(/^(\d\d:\d\d):00$/, '$1')
}

/** A length of time in words. */
export function DurationCell({ value }: CellProps) {
  const { t } = useTranslation()
  return durationText(textOf(value), t)
}

/** A day of the Chinese calendar. */
export function LunarDateCell({ value }: CellProps) {
  return isObject(value) ? lunarText(value) : textOf(value)
}
