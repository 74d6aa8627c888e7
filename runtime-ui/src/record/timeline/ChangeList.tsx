import { asText, type Entity, type Field, type Json, type JsonObject, type Release } from '@heddle/metadata'
import { createElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldChange } from '../../api/timeline.ts'
import { cellOf } from '../../fields/cells/index.ts'
import { PersonCell } from '../../fields/cells/ReferenceCell.tsx'
import { relatedOf } from './use-labels.ts'

interface ChangeListProps {
  readonly release: Release
  readonly entity: Entity
  /** The record as it is now: it says in which currency amounts are. */
  readonly record: JsonObject
  readonly changes: readonly FieldChange[]
  readonly labels: ReadonlyMap<string, string>
}

/** How many changes are shown before one asks for all. */
const most = 6

/** Old and new values, field by field. */
export function ChangeList({ changes, ...rest }: ChangeListProps) {
  const { t } = useTranslation()
  const [isWhole, setWhole] = useState(false)
  const known = changes.filter(({ field }) => field === ownerField || rest.entity.fields.has(field))
  const shown = isWhole ? known : known.slice(0, most)
  return (
    <>
      <dl className="heddle-changes">
        {shown.map((change) => (
          <div key={change.field}>
            <dt>{rest.entity.fields.get(change.field)?.title ?? t('system.owner_id')}</dt>
            <dd>
              <Side change={change} value={change.before} {...rest} />
              <span aria-label={t('timeline.to')} role="img">
                →
              </span>
              <Side change={change} value={change.after} {...rest} />
            </dd>
          </div>
        ))}
      </dl>
      {shown.length < known.length && (
        <button type="button" className="heddle-text-button" onClick={() => setWhole(true)}>
          {t('timeline.rest', { count: known.length - shown.length })}
        </button>
      )}
    </>
  )
}

/** Every record has an owner; it is no field. */
const ownerField = 'owner_id'

interface SideProps extends Omit<ChangeListProps, 'changes'> {
  readonly change: FieldChange
  readonly value: Json
}

function Side({ change, value, entity, release, record, labels }: SideProps) {
  const { t } = useTranslation()
  const field = entity.fields.get(change.field)
  if (value === null || value === '') return <span className="heddle-unit">{t('timeline.empty')}</span>
  if (field === undefined) return <PersonCell value={value} />
  return <span className="heddle-change-value">{cellFor(field)}</span>
  function cellFor(shown: Field) {
    const around = { currency: asText(record.currency) ?? null, _related: relatedOf(labels, change, value) }
    return createElement(cellOf(shown), { value, field: shown, record: { ...around, [shown.name]: value }, release })
  }
}
