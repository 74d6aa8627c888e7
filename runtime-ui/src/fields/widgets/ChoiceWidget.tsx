import { Checkbox, Radio, Rate } from 'antd'
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
  const { max } = field.settings
  return (
    <fieldset id={id} className="heddle-plain-set" aria-label={label ?? field.title} aria-describedby={describedBy}>
      <Rate
        count={typeof max === 'number' ? max : 5}
        value={typeof value === 'number' ? value : 0}
        onChange={(stars) => onChange(stars === 0 ? null : stars)}
      />
    </fieldset>
  )
}
