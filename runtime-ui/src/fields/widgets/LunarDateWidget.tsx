import { asObject, lunarToSolar } from '@heddle/metadata'
import { Checkbox, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { lunarText } from '../cells/lunar-text.ts'
import { formatDay, todayOf } from '../format.ts'
import { useFormat } from '../format-context.ts'
import type { WidgetProps } from '../widget.ts'
import { inputProps } from './input-props.ts'

const months = Array.from({ length: 12 }, (_, index) => index + 1)
const days = Array.from({ length: 30 }, (_, index) => index + 1)

/** A day of the Chinese calendar, with its next day in the solar one. */
export function LunarDateWidget(props: WidgetProps) {
  const { t } = useTranslation('forms')
  const format = useFormat()
  const { id, value, onChange, field } = props
  const parts = asObject(value)
  const month = numberOrNull(parts.month)
  const day = numberOrNull(parts.day)
  const leap = parts.leap === true
  const change = (changed: Partial<LunarDate>) => {
    const next = { month, day, leap, ...changed }
    onChange(next.month === null && next.day === null ? null : next)
  }
  const next = month !== null && day !== null ? nextSolarDay({ month, day, leap }, todayOf(format)) : undefined
  return (
    <span className="heddle-with-action">
      <Select
        {...inputProps(props)}
        className="heddle-lunar-part"
        aria-label={t('widget.lunarMonth', { title: field.title })}
        value={month}
        onChange={(chosen: number | undefined) => change({ month: chosen ?? null })}
        options={months.map((number) => ({ value: number, label: lunarText({ month: number, day: 1 }).slice(0, 2) }))}
        showSearch={{ optionFilterProp: 'label' }}
        allowClear
      />
      <Select
        {...inputProps(props)}
        id={`${id}-day`}
        autoFocus={false}
        className="heddle-lunar-part"
        aria-label={t('widget.lunarDay', { title: field.title })}
        value={day}
        onChange={(chosen: number | undefined) => change({ day: chosen ?? null })}
        options={days.map((number) => ({ value: number, label: lunarText({ month: 1, day: number }).slice(2) }))}
        showSearch={{ optionFilterProp: 'label' }}
        allowClear
      />
      <Checkbox checked={leap} onChange={({ target }) => change({ leap: target.checked })}>
        {t('widget.leapMonth')}
      </Checkbox>
      {next !== undefined && (
        <span className="heddle-unit">{t('widget.nextSolar', { day: formatDay(next, format.locale) })}</span>
      )}
    </span>
  )
}

interface LunarDate {
  readonly month: number | null
  readonly day: number | null
  readonly leap: boolean
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}

/** The first day from `today` on that is this lunar day. */
function nextSolarDay(lunar: { month: number; day: number; leap: boolean }, today: string): string {
  const year = Number(today.slice(0, 4))
  const solar = [year - 1, year, year + 1].map((lunarYear) => lunarToSolar(lunarYear, lunar))
  return solar.find((day) => day >= today) ?? ''
}
