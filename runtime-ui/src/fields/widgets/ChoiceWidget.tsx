import { Checkbox, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import type { WidgetProps } from '../widget.ts'

/** Yes, no, or nothing said; a click on what is chosen takes it back. */
export function BooleanWidget({
  id,
  value,
  onChange,
  label,
  describedBy,
  isInvalid,
  place,
  autoFocus,
  field,
}: WidgetProps) {
  const { t } = useTranslation()
  if (place === 'cell') {
    return (
      <Checkbox
        id={id}
        aria-label={label}
        autoFocus={autoFocus ?? false}
        checked={value === true}
        onChange={({ target }) => onChange(target.checked)}
      />
    )
  }
  const choices = [true, false]
  return (
    <Radio.Group
      value={value}
      aria-label={label ?? field.title}
      aria-describedby={describedBy}
      {...(isInvalid ? { className: 'heddle-radio-invalid' } : {})}
    >
      {choices.map((choice) => (
        <Radio
          key={String(choice)}
          {...(choice ? { id } : {})}
          value={choice}
          onChange={() => onChange(choice)}
          onClick={() => value === choice && onChange(null)}
        >
          {t(choice ? 'common.yes' : 'common.no')}
        </Radio>
      ))}
    </Radio.Group>
  )
}

/** Stars; a click on the last one takes them back. */
export function RatingWidget({ id, value, onChange, field, describedBy, label }: WidgetProps) {
  const most = typeof field.settings.max === 'number' ? field.settings.max : 5
  const given = typeof value === 'number' ? value : 0
  const stars = Array.from({ length: most }, (_, index) => index + 1)
  return (
    <fieldset className="heddle-rating" aria-label={label ?? field.title} aria-describedby={describedBy}>
      {stars.map((star) => (
        <button
          key={star}
          type="button"
          {...(star === 1 ? { id } : {})}
          aria-label={`${star} / ${most}`}
          aria-pressed={star === given}
          onClick={() => onChange(star === given ? null : star)}
        >
          {star <= given ? '★' : '☆'}
        </button>
      ))}
    </fieldset>
  )
}
