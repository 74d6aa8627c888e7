import { QuestionCircleOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Ids of the texts that belong to an input. */
export function textIds(id: string) {
  return { help: `${id}-help`, fault: `${id}-fault`, doubt: `${id}-doubt`, frame: `${id}-frame`, label: `${id}-label` }
}

interface FieldFrameProps {
  readonly id: string
  readonly label: string
  readonly help?: string | undefined
  readonly faults: readonly string[]
  /** What may stay but should be looked at. */
  readonly doubts?: readonly string[]
  readonly isRequired: boolean
  /** The label names one input; otherwise it is the title of several. */
  readonly isSingle: boolean
  readonly children: ReactNode
}

/** Label above, help on demand, the error below in words. */
export function FieldFrame({ id, label, help, faults, doubts = [], isRequired, isSingle, children }: FieldFrameProps) {
  const { t } = useTranslation('forms')
  const [showsHelp, setShowsHelp] = useState(false)
  const ids = textIds(id)
  const text = (
    <>
      {label}
      {isRequired && (
        <span className="heddle-required" title={t('required')} aria-hidden>
          *
        </span>
      )}
    </>
  )
  return (
    <div id={ids.frame} className="heddle-field" data-invalid={faults.length > 0 || undefined}>
      <div className="heddle-field-head">
        {isSingle ? (
          <label id={ids.label} htmlFor={id}>
            {text}
          </label>
        ) : (
          <span id={ids.label}>{text}</span>
        )}
        {help !== undefined && help !== '' && (
          <Button
            type="text"
            size="small"
            className="heddle-help-button"
            icon={<QuestionCircleOutlined />}
            aria-label={t('help', { title: label })}
            aria-expanded={showsHelp}
            onClick={() => setShowsHelp((shown) => !shown)}
          />
        )}
      </div>
      {showsHelp && (
        <p id={ids.help} className="heddle-help">
          {help}
        </p>
      )}
      {children}
      {faults.length > 0 && (
        <p id={ids.fault} className="heddle-fault" role="alert">
          {faults.join(' ')}
        </p>
      )}
      {doubts.length > 0 && (
        <p id={ids.doubt} className="heddle-doubt" role="status">
          {doubts.join(' ')}
        </p>
      )}
    </div>
  )
}
