import { asText, type Entity, type Json, type JsonObject, type Release } from '@heddle/metadata'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { relatedLabel } from '../api/records.ts'
import { FieldValue } from '../fields/FieldValue.tsx'
import { layoutOf, shownLayout } from '../forms/layout.ts'

interface RecordSummaryProps {
  readonly entity: Entity
  readonly release: Release
  readonly record: JsonObject
}

/** A record at a glance: what has a value, in the order of its form. */
export function RecordSummary({ entity, release, record }: RecordSummaryProps) {
  const { t } = useTranslation('forms')
  const layout = useMemo(() => {
    const titles = { basics: t('basics'), computed: t('computed') }
    const full = layoutOf(release, entity, { traitsOf: () => ({}), titles })
    return shownLayout(full, { isShown: ({ name }) => !isEmpty(record[name]), holds: () => true })
  }, [release, entity, record, t])
  return (
    <div className="heddle-summary">
      <h2>{labelOf(entity, record)}</h2>
      {layout
        .flatMap((tab) => tab.sections)
        .map((section) => (
          <section key={section.id}>
            <h3>{section.title}</h3>
            <dl>
              {section.places.map(({ field }) => (
                <div key={field.name}>
                  <dt>{field.title}</dt>
                  <dd>
                    <FieldValue field={field} record={record} release={release} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
    </div>
  )
}

/** What people call a record: its label, else the first text they search by, else what it is and of which day. */
export function labelOf(entity: Entity, record: JsonObject): string {
  const names = [...(entity.label === undefined ? [] : [entity.label]), ...entity.search]
  for (const name of names) {
    const text = relatedLabel(record, name) ?? plainText(record[name])
    if (text !== '') return text
  }
  return [entity.title, (asText(record.created_at) ?? '').slice(0, 10)].join(' ').trim()
}

function plainText(value: Json | undefined): string {
  return typeof value === 'number' ? String(value) : (asText(value) ?? '')
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}
