import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { formatRelative } from '../fields/format.ts'
import { useFormat } from '../fields/format-context.ts'

interface ResumedNoticeProps {
  /** When the work was kept (ISO 8601); undefined when there was none. */
  readonly at: string | undefined
  readonly onDiscard: () => void
}

/** Says that unsaved work from before is back. */
export function ResumedNotice({ at, onDiscard }: ResumedNoticeProps) {
  const { t } = useTranslation('forms')
  const format = useFormat()
  if (at === undefined) return null
  return (
    <Alert
      type="info"
      showIcon
      title={t('resumed', { time: formatRelative(at, format) })}
      action={
        <Button size="small" type="text" onClick={onDiscard}>
          {t('discardDraft')}
        </Button>
      }
    />
  )
}
