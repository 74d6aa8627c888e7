import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ApiProblem } from '../api/problem.ts'

interface SaveFailureProps {
  readonly problem: ApiProblem | undefined
  readonly onRetry: () => void
}

/** Why nothing was saved, what was kept, and what to do. */
export function SaveFailure({ problem, onRetry }: SaveFailureProps) {
  const { t } = useTranslation('forms')
  if (problem === undefined) return null
  const reason = reasons.get(problem.status)
  return (
    <Alert
      type="error"
      showIcon
      className="heddle-summary"
      title={reason === undefined ? problem.message || t('failure.server') : t(reason)}
      description={
        <>
          {t('failure.kept')}
          {problem.requestId !== undefined && problem.status >= 500 && (
            <span className="heddle-code"> {problem.requestId}</span>
          )}
        </>
      }
      action={
        <Button size="small" onClick={onRetry}>
          {t('failure.retry')}
        </Button>
      }
    />
  )
}

const reasons = new Map<number, `failure.${'network' | 'signedOut' | 'forbidden' | 'gone' | 'server' | 'busy'}`>([
  [0, 'failure.network'],
  [401, 'failure.signedOut'],
  [403, 'failure.forbidden'],
  [404, 'failure.gone'],
  [500, 'failure.server'],
  [503, 'failure.busy'],
])
