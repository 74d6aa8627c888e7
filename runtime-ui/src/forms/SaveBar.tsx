import { Button } from 'antd'
import { useTranslation } from 'react-i18next'

interface SaveBarProps {
  readonly mode: 'create' | 'edit'
  readonly count: number
  readonly isSaving: boolean
  readonly onSave: () => void
  readonly onDiscard: () => void
}

/** One save for all changes; of an unchanged record there is nothing to show. */
export function SaveBar({ mode, count, isSaving, onSave, onDiscard }: SaveBarProps) {
  const { t } = useTranslation('forms')
  if (mode === 'edit' && count === 0) return null
  return (
    <section className="heddle-save-bar" aria-label={t('saveBar')}>
      <span className="heddle-save-count" aria-live="polite">
        {mode === 'edit' ? t('changes', { count }) : ''}
      </span>
      <Button onClick={onDiscard} disabled={isSaving}>
        {t(mode === 'edit' ? 'discard' : 'cancel')}
      </Button>
      <Button type="primary" onClick={onSave} loading={isSaving}>
        {t('save')}
      </Button>
    </section>
  )
}
