import { asText, type Entity, type JsonObject, type Release } from '@heddle/metadata'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
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

/** What people call a record: its label, or the entity's title while it has none. */
export function labelOf(entity: Entity, record: JsonObject): string {
  const value = record[entity.label ?? '']
  return asText(value) || (typeof value === 'number' ? String(value) : entity.title)
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}
