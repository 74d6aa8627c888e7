import { Button, Flex, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../api/problem.ts'

/** What happened, what was kept, what to do; with the request id to copy. */
export function Failure({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const { t } = useTranslation()
  const kind = kindOf(error)
  const problem = error instanceof ApiProblem ? error : undefined
  return (
    <Flex vertical align="center" gap={8} className="heddle-failure" role="alert">
      <Typography.Title level={2}>{t(`failure.${kind}`)}</Typography.Title>
      {problem !== undefined && problem.message !== '' && <Typography.Text>{problem.message}</Typography.Text>}
      <Typography.Text type="secondary">{t(`failure.${kind}Hint`)}</Typography.Text>
      {onRetry !== undefined && (
        <Button type="primary" onClick={onRetry}>
          {t(kind === 'page' ? 'failure.reload' : 'common.retry')}
        </Button>
      )}
      {problem?.requestId !== undefined && (
        <Typography.Text type="secondary" copyable={{ text: problem.requestId }} className="heddle-request-id">
          {t('common.requestId')} {problem.requestId}
        </Typography.Text>
      )}
    </Flex>
  )
}

type FailureKind = 'network' | 'forbidden' | 'missing' | 'refused' | 'server' | 'page'

const kindsByStatus: ReadonlyMap<number, FailureKind> = new Map([
  [0, 'network'],
  [403, 'forbidden'],
  [404, 'missing'],
])

function kindOf(error: unknown): FailureKind {
  if (!(error instanceof ApiProblem)) return 'page'
  return kindsByStatus.get(error.status) ?? (error.status < 500 ? 'refused' : 'server')
}
