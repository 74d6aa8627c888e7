import {
  BoldOutlined,
  ItalicOutlined,
  LinkOutlined,
  OrderedListOutlined,
  StrikethroughOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons'
import { asText } from '@heddle/metadata'
import { Button } from 'antd'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { WidgetProps } from '../widget.ts'
import { cleanMarkup } from './clean-markup.ts'

/** Commands of the browser's own editing; deprecated on paper, without a successor, supported everywhere. */
const commands = [
  { name: 'bold', icon: <BoldOutlined /> },
  { name: 'italic', icon: <ItalicOutlined /> },
  { name: 'strikeThrough', icon: <StrikethroughOutlined /> },
  { name: 'insertUnorderedList', icon: <UnorderedListOutlined /> },
  { name: 'insertOrderedList', icon: <OrderedListOutlined /> },
  { name: 'createLink', icon: <LinkOutlined /> },
] as const satisfies readonly { name: string; icon: ReactNode }[]

/** Formatted text: bold, italic, lists and links, nothing more than what may be stored. */
export function RichTextWidget({ id, field, value, onChange, isRequired, isInvalid, describedBy, label }: WidgetProps) {
  const { t } = useTranslation('forms')
  const editor = useRef<HTMLDivElement>(null)
  const written = useRef<string>(undefined)
  useEffect(() => {
    const markup = asText(value) ?? ''
    if (editor.current === null || markup === written.current) return
    written.current = markup
    editor.current.replaceChildren(...new DOMParser().parseFromString(markup, 'text/html').body.childNodes)
  }, [value])
  const read = () => {
    if (editor.current === null) return
    const isEmpty = editor.current.textContent.trim() === ''
    written.current = isEmpty ? '' : cleanMarkup(editor.current)
    onChange(isEmpty ? null : written.current)
  }
  const run = (command: string) => {
    const address = command === 'createLink' ? window.prompt(t('widget.linkAddress'), 'https://') : undefined
    if (address === null) return
    editor.current?.focus()
    document.execCommand(command, false, address)
    read()
  }
  return (
    <div className="heddle-rich" data-invalid={isInvalid || undefined}>
      <div className="heddle-rich-tools" role="toolbar" aria-label={t('widget.formatting')} aria-controls={id}>
        {commands.map(({ name, icon }) => (
          <Button
            key={name}
            type="text"
            size="small"
            icon={icon}
            aria-label={t(`widget.${name}`)}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => run(name)}
          />
        ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: no input element holds formatted text */}
      <div
        ref={editor}
        id={id}
        className="heddle-rich-text"
        contentEditable
        suppressContentEditableWarning
        role="textbox"
        tabIndex={0}
        aria-multiline
        aria-label={label ?? field.title}
        aria-required={isRequired}
        aria-invalid={isInvalid}
        aria-describedby={describedBy}
        onInput={read}
        onPaste={(event) => {
          event.preventDefault()
          document.execCommand('insertText', false, event.clipboardData.getData('text/plain'))
        }}
      />
    </div>
  )
}
