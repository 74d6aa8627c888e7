import { createElement } from 'react'
import { useTranslation } from 'react-i18next'
import { cellOf } from '../cells/index.ts'
import type { WidgetProps } from '../widget.ts'

/** A value nobody edits here: as lists show it, or a dash. */
export function ShownValue({ id, field, record, release, value }: WidgetProps) {
  return (
    <output id={id} className="heddle-shown">
      {value === null ? (
        <span className="heddle-unit">—</span>
      ) : (
        createElement(cellOf(field), { value, field, record, release })
      )}
    </output>
  )
}

/** What the engine will make when the record is saved. */
export function AutonumberWidget(props: WidgetProps) {
  const { t } = useTranslation('forms')
  if (props.value !== null) return <ShownValue {...props} />
  return (
    <output id={props.id} className="heddle-shown heddle-unit">
      {t('widget.afterSave')}
    </output>
  )
}
