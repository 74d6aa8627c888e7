import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { asText, isObject, valueOfText } from '@heddle/metadata'
import { Button, Input, Select } from 'antd'
import { type ClipboardEvent, type KeyboardEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { firstFault } from '../first-fault.ts'
import { formatNumber } from '../format.ts'
import { useFormat } from '../format-context.ts'
import { optionsOf } from '../options.ts'
import { unreadText } from '../unread.ts'
import type { WidgetProps } from '../widget.ts'
import { completed, missingShare, type Share, shareOfText, sharesOf, sumOfShares, valueOfShares } from './shares.ts'
import { useTypedText } from './use-typed-text.ts'

/** Parts of a whole: one row each, what they add up to, and a paste of `棉60 涤40` fills it at once. */
export function BreakdownWidget(props: WidgetProps) {
  const { id, field, value, onChange, errors, describedBy } = props
  const { t } = useTranslation('forms')
  const { timeZone } = useFormat()
  const rows = useRef<HTMLDivElement>(null)
  const added = useRef(false)
  const shares = sharesOf(value)
  const total = typeof field.settings.total === 'number' ? field.settings.total : 100
  const change = (next: readonly Share[]) => onChange(valueOfShares(next))
  const add = () => {
    added.current = true
    change([...shares, { part: null, share: null }])
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: the new row is there once the number of rows has changed
  useEffect(() => {
    if (!added.current) return
    added.current = false
    rows.current?.querySelector<HTMLElement>('.heddle-share:last-of-type input')?.focus()
  }, [shares.length])
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text')
    const read = /\d/.test(text) && /[^\d.,%\s]/.test(text) ? valueOfText(field, text, { timeZone }) : undefined
    if (read?.ok !== true) return
    event.preventDefault()
    onChange(read.value)
  }
  return (
    <fieldset className="heddle-breakdown" aria-label={field.title} aria-describedby={describedBy} onPaste={paste}>
      <div ref={rows}>
        {shares.map((share, index) => (
          <ShareRow
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
            key={index}
            {...props}
            id={index === 0 ? id : `${id}-${index}`}
            share={share}
            taken={shares.flatMap(({ part }) => part ?? [])}
            fault={firstFault(isObject(errors) ? errors[index] : undefined)}
            onShare={(next) => change(shares.map((each, position) => (position === index ? next : each)))}
            onComplete={() => change(completed(shares, index, total))}
            onRemove={() => change(shares.filter((_, position) => position !== index))}
            onNext={add}
          />
        ))}
      </div>
      {unreadText(value) !== undefined && <Input value={unreadText(value) ?? ''} readOnly status="error" />}
      <div className="heddle-breakdown-foot">
        <Button
          {...(shares.length === 0 ? { id } : {})}
          type="dashed"
          size="small"
          icon={<PlusOutlined />}
          onClick={add}
        >
          {t('widget.addPart')}
        </Button>
        {shares.length > 0 && <ShareTotal {...props} shares={shares} total={total} />}
      </div>
    </fieldset>
  )
}

interface ShareRowProps extends WidgetProps {
  readonly share: Share
  readonly taken: readonly string[]
  readonly fault: string | undefined
  readonly onShare: (share: Share) => void
  readonly onComplete: () => void
  readonly onRemove: () => void
  readonly onNext: () => void
}

function ShareRow({ id, field, release, share, taken, fault, onShare, onComplete, onRemove, onNext }: ShareRowProps) {
  const { t } = useTranslation('forms')
  const options = [...optionsOf(field, release).values()]
  const typed = useTypedText(
    { field, value: share.share, onChange: (next) => onShare({ ...share, share: next }) },
    { shown: String, read: shareOfText },
  )
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault()
      onNext()
    }
    if (event.key === '=') {
      event.preventDefault()
      typed.onBlur()
      onComplete()
    }
  }
  return (
    <div className="heddle-share">
      <Select
        id={id}
        className="heddle-fill"
        aria-label={t('widget.part', { title: field.title })}
        value={share.part}
        onChange={(part: string) => onShare({ ...share, part })}
        options={options
          .filter(({ key }) => key === share.part || !taken.includes(key))
          .map(({ key, title }) => ({ value: key, label: title }))}
        showSearch={{ optionFilterProp: 'label' }}
        {...(fault === undefined ? {} : { status: 'error' as const })}
      />
      <Input
        className="heddle-number-cell"
        inputMode="decimal"
        aria-label={t('widget.share', { title: field.title })}
        {...typed}
        onKeyDown={keys}
        suffix={<span className="heddle-unit">{unitOf(field.settings.unit)}</span>}
        {...(fault === undefined ? {} : { status: 'error' as const })}
      />
      <Button type="text" icon={<CloseOutlined />} onClick={onRemove} aria-label={t('widget.removePart')} />
      {fault !== undefined && <span className="heddle-fault">{fault}</span>}
    </div>
  )
}

function ShareTotal({
  field,
  shares,
  total,
}: WidgetProps & { readonly shares: readonly Share[]; readonly total: number }) {
  const { t } = useTranslation('forms')
  const { locale } = useFormat()
  const unit = unitOf(field.settings.unit)
  const sum = sumOfShares(shares)
  const missing = missingShare(shares, total)
  const state = missing === 0 ? 'full' : missing > 0 ? 'missing' : 'over'
  const amount = `${formatNumber(Math.abs(missing), locale)}${unit}`
  return (
    <span className="heddle-breakdown-total" data-state={state} aria-live="polite">
      <span className="heddle-breakdown-bar" aria-hidden>
        <i style={{ width: `${Math.min(100, (sum / total) * 100)}%` }} />
      </span>
      {t('widget.sum', { sum: `${formatNumber(sum, locale)}${unit}` })}
      {state !== 'full' && ` · ${t(`widget.${state}`, { amount })}`}
    </span>
  )
}

function unitOf(unit: unknown): string {
  return asText(unit) ?? '%'
}
