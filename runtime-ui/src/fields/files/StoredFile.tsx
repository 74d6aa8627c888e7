import { DeleteOutlined, FileOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Image } from 'antd'
import { useTranslation } from 'react-i18next'
import { fileQuery, fileUrl } from '../../api/files.ts'
import { useFormat } from '../format-context.ts'
import { formatSize } from './file-size.ts'

interface StoredFileProps {
  readonly id: string
  /** Its place among the files of the field, from 1: what it is called while its name is not known. */
  readonly number: number
  /** Absent where nobody may take it away. */
  readonly onRemove: (() => void) | undefined
}

/** A file that has arrived: its picture, or its name leading to a download. */
export function StoredFile({ id, number, onRemove }: StoredFileProps) {
  const { t } = useTranslation('forms')
  const { locale } = useFormat()
  const { data: file } = useQuery(fileQuery(id))
  const name = file?.name || t('widget.fileNumber', { number })
  const isPicture = file?.type.startsWith('image/') === true
  return (
    <li className="heddle-file">
      {isPicture ? (
        <Image src={fileUrl(id)} alt={name} width={40} height={40} />
      ) : (
        <FileOutlined aria-hidden className="heddle-file-icon" />
      )}
      <span className="heddle-file-text">
        <a href={fileUrl(id)} download={name} className="heddle-ellipsis" title={name}>
          {name}
        </a>
        {file !== undefined && <small>{formatSize(file.size, locale)}</small>}
      </span>
      {onRemove !== undefined && (
        <Button
          type="text"
          icon={<DeleteOutlined />}
          aria-label={t('widget.removeFile', { name })}
          title={t('widget.removeFile', { name })}
          onClick={onRemove}
        />
      )}
    </li>
  )
}
