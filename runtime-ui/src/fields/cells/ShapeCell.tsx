import { CheckOutlined, CloseOutlined, PaperClipOutlined } from '@ant-design/icons'
import { asObject, asText, asTexts } from '@heddle/metadata'
import { useTranslation } from 'react-i18next'
import type { CellProps } from '../face.ts'
import { formatNumber } from '../format.ts'
import { useFormat } from '../format-context.ts'
import { optionPath, optionsOf } from '../options.ts'
import { textOf } from './TextCell.tsx'

/** Yes or no. */
export function BooleanCell({ value }: CellProps) {
  const { t } = useTranslation()
  return value === true ? <CheckOutlined aria-label={t('common.yes')} /> : <CloseOutlined aria-label={t('common.no')} />
}

/** Stars out of the most there can be. */
export function RatingCell({ value, field }: CellProps) {
  const most = typeof field.settings.max === 'number' ? field.settings.max : 5
  const given = Math.min(Number(value), most)
  return (
    <span className="heddle-stars" role="img" aria-label={`${given} / ${most}`}>
      {'★'.repeat(given)}
      {'☆'.repeat(most - given)}
    </span>
  )
}

/** Parts of a whole with a bar of their shares. */
export function BreakdownCell({ value, field, release }: CellProps) {
  const { locale } = useFormat()
  const options = optionsOf(field, release)
  const unit = asText(field.settings.unit) ?? '%'
  const parts = (Array.isArray(value) ? value.map(asObject) : []).map(({ part, share }) => ({
    part: String(part),
    share: Number(share),
  }))
  const text = parts
    .map(({ part, share }) => `${options.get(part)?.title ?? part} ${formatNumber(share, locale)}${unit}`)
    .join(' / ')
  return (
    <span className="heddle-shares" title={text}>
      <span className="heddle-shares-bar" aria-hidden>
        {parts.map(({ part, share }, index) => (
          <i key={part} style={{ flex: share, opacity: Math.max(0.9 - index * 0.25, 0.2) }} />
        ))}
      </span>
      <span className="heddle-ellipsis">{text}</span>
    </span>
  )
}

/** Region, street and postcode on one line. */
export function AddressCell({ value, field, release }: CellProps) {
  const { region, text, postcode } = asObject(value)
  const path = typeof region === 'string' ? optionPath(region, optionsOf(field, release)) : []
  const separator = path.some((title) => /^[\x20-\x7e]+$/.test(title)) ? ', ' : ''
  return [path.join(separator), asText(text), asText(postcode)].filter(Boolean).join(' ')
}

/** Latitude and longitude, leading to a map. */
export function LocationCell({ value }: CellProps) {
  const { lat, lng } = asObject(value)
  return (
    <a
      className="heddle-link"
      href={`https://uri.amap.com/marker?position=${lng},${lat}`}
      target="_blank"
      rel="noreferrer"
      onClick={(event) => event.stopPropagation()}
    >
      {textOf(lat ?? null)}, {textOf(lng ?? null)}
    </a>
  )
}

/** Links to the uploaded files. */
export function FileCell({ value }: CellProps) {
  return idsOf(value).map((id, index) => (
    <a key={id} href={`/api/files/${id}`} className="heddle-link" onClick={(event) => event.stopPropagation()}>
      <PaperClipOutlined aria-hidden /> {index + 1}{' '}
    </a>
  ))
}

/** Small pictures. */
export function ImageCell({ value, field }: CellProps) {
  return idsOf(value).map((id) => (
    <img key={id} src={`/api/files/${id}`} alt={field.title} loading="lazy" className="heddle-thumbnail" />
  ))
}

function idsOf(value: CellProps['value']): string[] {
  return typeof value === 'string' ? [value] : asTexts(value)
}
