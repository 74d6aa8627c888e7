import { useTranslation } from 'react-i18next'
import type { Totals } from '../api/totals.ts'
import { isSummed } from '../fields/summed.ts'
import type { Column } from './columns.tsx'
import type { List } from './use-list.ts'

/** A shown column that can be added up, and the field that is. */
interface SummedColumn {
  readonly column: Column
  /** Amounts of several currencies are added up in the company's. */
  readonly field: string
}

/** The columns of a list whose sums are worth showing. */
export function summedColumns({ columns, entity }: List): SummedColumn[] {
  return columns
    .filter(({ field }) => field !== undefined && isSummed(field))
    .map((column) => {
      const base = `${column.name}_base`
      return { column, field: entity.fields.has(base) ? base : column.name }
    })
}

interface SumTextsProps {
  readonly columns: readonly SummedColumn[]
  readonly sums: Totals['sums'] | undefined
}

/** Sums with the titles of their columns. */
export function SumTexts({ columns, sums }: SumTextsProps) {
  const { t } = useTranslation()
  return columns.map(({ column, field }) => {
    const sum = sums?.get(field)
    return sum === undefined ? null : (
      <span key={column.name} className="heddle-sum">
        <small>
          {column.title} {t('list.sum')}
        </small>{' '}
        {column.content({ [column.name]: sum })}
      </span>
    )
  })
}
