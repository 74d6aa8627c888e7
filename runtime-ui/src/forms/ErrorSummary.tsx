import type { Entity, Release } from '@heddle/metadata'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import type { FieldProblem } from '../api/problem.ts'
import { faultLine } from './fault-text.ts'

interface ErrorSummaryProps {
  readonly release: Release
  readonly entity: Entity
  readonly faults: readonly FieldProblem[]
  readonly onJump: (path: string) => void
}

/** How many faults are listed one by one. */
const most = 8

/** What must be put right before the record can be saved; each line leads to its field. */
export function ErrorSummary({ release, entity, faults, onJump }: ErrorSummaryProps) {
  const { t } = useTranslation('forms')
  if (faults.length === 0) return null
  return (
    <Alert
      type="error"
      className="heddle-summary"
      title={t('summary', { count: faults.length })}
      description={
        <ul>
          {faults.slice(0, most).map((fault) => (
            <li key={`${fault.path} ${fault.code}`}>
              <button type="button" onClick={() => onJump(fault.path)}>
                {faultLine(t, { release, entity, fault })}
              </button>
            </li>
          ))}
          {faults.length > most && <li>{t('summaryMore', { count: faults.length - most })}</li>}
        </ul>
      }
    />
  )
}
