import { asObject, asText, asTexts, isObject } from '@heddle/metadata'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { departmentsQuery, usersQuery } from '../../api/people.ts'
import { relatedLabel } from '../../api/records.ts'
import type { CellProps } from '../face.ts'
import { RecordLink } from '../RecordLink.tsx'
import { textOf } from './TextCell.tsx'

/** Another record by its label; only that there is one when the reader may not see it. */
export function LookupCell({ value, field, record }: CellProps) {
  const { t } = useTranslation()
  const label = relatedLabel(record, field.name)
  if (label === undefined) return <span className="heddle-unit">{t('cell.hidden')}</span>
  return (
    <RecordLink entity={asText(field.settings.entity) ?? ''} id={textOf(value)}>
      {label}
    </RecordLink>
  )
}

/** A record of one of several entities. */
export function PolymorphicCell({ value, field, record, release }: CellProps) {
  const { entity, id } = asObject(value)
  const title = release.entity(asText(entity) ?? '')?.title ?? ''
  return (
    <RecordLink entity={asText(entity) ?? ''} id={asText(id) ?? ''}>
      {relatedLabel(record, field.name) ?? title}
    </RecordLink>
  )
}

/** Several records by their labels, or how many there are. */
export function LinksCell({ value, field, record }: CellProps) {
  const { t } = useTranslation()
  const related = asObject(record._related)[field.name]
  const labels = Array.isArray(related) ? related.flatMap((each) => asText(asObject(each).label) ?? []) : []
  return labels.length > 0 ? labels.join('、') : t('cell.records', { count: asTexts(value).length })
}

/** How many lines there are. */
export function LinesCell({ value }: CellProps) {
  const { t } = useTranslation()
  return t('cell.lines', { count: Array.isArray(value) ? value.length : 0 })
}

/** A colleague. */
export function PersonCell({ value }: Pick<CellProps, 'value'>) {
  const { data: users } = useQuery(usersQuery)
  const id = isObject(value) ? asText(value.id) : textOf(value)
  const name = users?.get(id ?? '')?.name ?? ''
  if (name === '') return null
  return (
    <span className="heddle-person">
      <span className="heddle-person-letter" aria-hidden>
        {name.slice(0, 1)}
      </span>
      <span className="heddle-ellipsis">{name}</span>
    </span>
  )
}

/** A department. */
export function DepartmentCell({ value }: Pick<CellProps, 'value'>) {
  const { data: departments } = useQuery(departmentsQuery)
  return departments?.get(textOf(value))?.name ?? ''
}
