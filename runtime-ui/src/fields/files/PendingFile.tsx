import { CloseOutlined, PaperClipOutlined, ReloadOutlined } from '@ant-design/icons'
import { Button, Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import type { PendingUpload } from './use-uploads.ts'

interface PendingFileProps {
  readonly upload: PendingUpload
  readonly onRetry: () => void
  readonly onCancel: () => void
}

/** A file on its way: how much is sent, or why it did not arrive. */
export function PendingFile({ upload, onRetry, onCancel }: PendingFileProps) {
  const { t } = useTranslation('forms')
  const { file, share, failure } = upload
  const { name } = file
  return (
    <li className="heddle-file">
      <PaperClipOutlined aria-hidden className="heddle-file-icon" />
      <span className="heddle-file-text">
        <span className="heddle-ellipsis" title={name}>
          {name}
        </span>
        {failure === undefined ? (
          <Progress percent={Math.round(share * 100)} size="small" aria-label={t('widget.uploading', { name })} />
        ) : (
          <small className="heddle-fault" role="alert">
            {t(reasons.get(failure.status) ?? 'upload.failed')}
          </small>
        )}
      </span>
      {failure !== undefined && (
        <Button
          type="text"
          icon={<ReloadOutlined />}
          aria-label={t('widget.retryUpload', { name })}
          title={t('failure.retry')}
          onClick={onRetry}
        />
      )}
      <Button
        type="text"
        icon={<CloseOutlined />}
        aria-label={t('widget.cancelUpload', { name })}
        title={t('cancel')}
        onClick={onCancel}
      />
    </li>
  )
}

const reasons = new Map<number, 'upload.network' | 'upload.signedOut' | 'upload.tooLarge'>([
  [0, 'upload.network'],
  [401, 'upload.signedOut'],
  [413, 'upload.tooLarge'],
])
