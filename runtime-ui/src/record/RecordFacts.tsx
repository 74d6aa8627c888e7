import type { JsonObject } from '@heddle/metadata'
import { useTranslation } from 'react-i18next'
import { PersonCell } from '../fields/cells/ReferenceCell.tsx'
import { MomentCell } from '../fields/cells/TimeCell.tsx'

/** Who made the record and who touched it last. */
export function RecordFacts({ record }: { readonly record: JsonObject }) {
  const { t } = useTranslation()
  return (
    <section className="heddle-related">
      <h2>{t('record.about')}</h2>
      <dl className="heddle-facts">
        {(['created', 'updated'] as const).map((what) => (
          <div key={what}>
            <dt>{t(`system.${what}_at`)}</dt>
            <dd>
              <MomentCell value={record[`${what}_at`] ?? null} /> <PersonCell value={record[`${what}_by`] ?? null} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
