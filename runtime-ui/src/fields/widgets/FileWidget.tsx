import { UploadOutlined } from '@ant-design/icons'
import { asText, asTexts, type Json } from '@heddle/metadata'
import { Button, Image } from 'antd'
import { type ClipboardEvent, type DragEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PendingFile } from '../files/PendingFile.tsx'
import { StoredFile } from '../files/StoredFile.tsx'
import { useUploads } from '../files/use-uploads.ts'
import type { WidgetProps } from '../widget.ts'
import '../files/files.css'

/** Uploaded files: chosen, dragged in or pasted. */
export function FileWidget(props: WidgetProps) {
  return <FileInput {...props} accept="" />
}

/** Uploaded pictures. */
export function ImageWidget(props: WidgetProps) {
  return <FileInput {...props} accept="image/*" />
}

interface FileInputProps extends WidgetProps {
  /** As in the HTML attribute; any file when empty. */
  readonly accept: '' | 'image/*'
}

function FileInput(props: FileInputProps) {
  const { t } = useTranslation('forms')
  const { id, field, describedBy, accept, isReadOnly } = props
  const isMultiple = field.settings.multiple === true
  const { ids, add, remove } = useIds(props, isMultiple)
  const uploads = useUploads(add)
  const [isOver, setOver] = useState(false)
  const chooser = useRef<HTMLInputElement>(null)
  const take = (files: FileList | null) => {
    const fitting = [...(files ?? [])].filter(({ type }) => accept === '' || type.startsWith('image/'))
    if (fitting.length > 0) uploads.add(isMultiple ? fitting : fitting.slice(0, 1))
    return fitting.length > 0
  }
  const stored = ids.map((fileId, index) => (
    <StoredFile key={fileId} id={fileId} number={index + 1} onRemove={isReadOnly ? undefined : () => remove(fileId)} />
  ))
  if (isReadOnly) {
    return (
      <output id={id} className="heddle-shown">
        {ids.length === 0 ? <span className="heddle-unit">—</span> : <FileList>{stored}</FileList>}
      </output>
    )
  }
  const zone = {
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes('Files')) return
      event.preventDefault()
      setOver(true)
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      setOver(false)
      take(event.dataTransfer.files)
    },
    onPaste: (event: ClipboardEvent) => {
      if (take(event.clipboardData.files)) event.preventDefault()
    },
  }
  const text = t(ids.length > 0 && !isMultiple ? 'widget.replaceFile' : 'widget.chooseFile')
  return (
    <div className={isOver ? 'heddle-files heddle-files-over' : 'heddle-files'} {...zone}>
      {ids.length + uploads.pending.length > 0 && (
        <FileList>
          {stored}
          {uploads.pending.map((upload) => (
            <PendingFile
              key={upload.key}
              upload={upload}
              onRetry={() => uploads.retry(upload)}
              onCancel={() => uploads.cancel(upload)}
            />
          ))}
        </FileList>
      )}
      <input
        ref={chooser}
        type="file"
        hidden
        accept={accept}
        multiple={isMultiple}
        onChange={({ target }) => {
          take(target.files)
          target.value = ''
        }}
      />
      <Button
        id={id}
        icon={<UploadOutlined />}
        aria-label={`${text} ${field.title}`}
        aria-describedby={describedBy}
        onClick={() => chooser.current?.click()}
      >
        {text}
      </Button>
      <span className="heddle-files-hint">{t('widget.dropFiles')}</span>
    </div>
  )
}

/** Pictures among them can be looked at one after the other. */
function FileList({ children }: { readonly children: React.ReactNode }) {
  return (
    <Image.PreviewGroup>
      <ul className="heddle-file-list">{children}</ul>
    </Image.PreviewGroup>
  )
}

/** The ids of a value. Uploads end while others go on, so each adds to what there is by then. */
function useIds({ value, onChange }: WidgetProps, isMultiple: boolean) {
  const ids = [asText(value) ?? asTexts(value)].flat()
  const latest = useRef(ids)
  useEffect(() => {
    latest.current = ids
  })
  const change = (next: readonly string[]) => {
    latest.current = [...next]
    onChange(idsAsValue(next, isMultiple))
  }
  return {
    ids,
    add: (id: string) => change(isMultiple ? [...latest.current, id] : [id]),
    remove: (id: string) => change(latest.current.filter((each) => each !== id)),
  }
}

function idsAsValue(ids: readonly string[], isMultiple: boolean): Json {
  if (isMultiple) return ids.length === 0 ? null : [...ids]
  return ids[0] ?? null
}
