import { UploadOutlined } from '@ant-design/icons'
import { asText, asTexts, type Json } from '@heddle/metadata'
import { Button, Upload, type UploadFile } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fileUrl, uploadFile } from '../../api/files.ts'
import type { WidgetProps } from '../widget.ts'

/** Uploaded files by name. */
export function FileWidget(props: WidgetProps) {
  return <FileInput {...props} look="text" accept="" />
}

/** Uploaded pictures, small. */
export function ImageWidget(props: WidgetProps) {
  return <FileInput {...props} look="picture" accept="image/*" />
}

interface FileInputProps extends WidgetProps {
  readonly look: 'text' | 'picture'
  readonly accept: string
}

/** Names of files uploaded here, by id: the record only keeps ids. */
const names = new Map<string, string>()

function FileInput({ id, field, value, onChange, describedBy, look, accept, isReadOnly }: FileInputProps) {
  const { t } = useTranslation('forms')
  const isMultiple = field.settings.multiple === true
  const ids = [asText(value) ?? asTexts(value)].flat()
  const [pending, setPending] = useState<readonly UploadFile[]>([])
  const change = (next: readonly string[]) => onChange(idsAsValue(next, isMultiple))
  const upload = async (file: File) => {
    const entry: UploadFile = {
      uid: crypto.getRandomValues(new Uint32Array(1)).join(),
      name: file.name,
      status: 'uploading',
    }
    setPending((files) => [...files, entry])
    try {
      const uploaded = await uploadFile(file, file.name)
      names.set(uploaded, file.name)
      change(isMultiple ? [...ids, uploaded] : [uploaded])
      setPending((files) => files.filter(({ uid }) => uid !== entry.uid))
    } catch {
      const failed: UploadFile = { ...entry, status: 'error', response: t('widget.uploadFailed') }
      setPending((files) => files.map((each) => (each.uid === entry.uid ? failed : each)))
    }
  }
  const kept = ids.map(
    (fileId, index): UploadFile => ({
      uid: fileId,
      name: names.get(fileId) ?? t('widget.fileNumber', { number: index + 1 }),
      status: 'done',
      url: fileUrl(fileId),
      thumbUrl: fileUrl(fileId),
    }),
  )
  const remove = ({ uid }: UploadFile) => {
    setPending((files) => files.filter((file) => file.uid !== uid))
    if (ids.includes(uid)) change(ids.filter((fileId) => fileId !== uid))
  }
  return (
    <Upload
      fileList={[...kept, ...pending]}
      listType={look}
      accept={accept}
      multiple={isMultiple}
      disabled={isReadOnly}
      customRequest={() => undefined}
      beforeUpload={(file) => {
        void upload(file)
        return Upload.LIST_IGNORE
      }}
      onRemove={remove}
    >
      <Button id={id} icon={<UploadOutlined />} aria-describedby={describedBy}>
        {t(ids.length > 0 && !isMultiple ? 'widget.replaceFile' : 'widget.chooseFile')}
      </Button>
    </Upload>
  )
}

function idsAsValue(ids: readonly string[], isMultiple: boolean): Json {
  if (isMultiple) return ids.length === 0 ? null : [...ids]
  return ids[0] ?? null
}
