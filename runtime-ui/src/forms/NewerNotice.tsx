import { asText } from '@heddle/metadata'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { usersQuery } from '../api/people.ts'
import type { Conflict } from './form-work.ts'

interface NewerNoticeProps {
  /** What others saved while somebody typed here. */
  readonly newer: Conflict | undefined
  readonly onLook: () => void
}

/** Says that others changed the same fields meanwhile; what is typed stays until one decides. */
export function NewerNotice({ newer, onLook }: NewerNoticeProps) {
  const { t } = useTranslation('forms')
  const { data: users } = useQuery(usersQuery)
  if (newer === undefined) return null
  const name = users?.get(asText(newer.record.updated_by) ?? '')?.name ?? t('newer.somebody')
  const fields = newer.merged.conflicts.map(({ title }) => title).join(t('newer.and'))
  return (
    <Alert
      type="warning"
      showIcon
      title={t('newer.title', { name, fields })}
      description={t('newer.kept')}
      action={
        <Button size="small" onClick={onLook}>
          {t('newer.look')}
        </Button>
      }
    />
  )
}
