import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { sumsQuery } from '../api/totals.ts'
import { formatNumber } from '../fields/format.ts'
import { useFormat } from '../fields/format-context.ts'
import { isSummed } from '../fields/summed.ts'
import type { Column } from './columns.tsx'
import type { List } from './use-list.ts'

interface ListFooterProps {
  readonly list: List
  readonly total: number | undefined
  readonly shown: number
  readonly isPhone: boolean
}

/** The engine stops counting here. */
const cap = 10_000

/** How many records there are, and the sums of what can be added up. */
export function ListFooter({ list, total, shown, isPhone }: ListFooterProps) {
  const { t } = useTranslation()
  const { locale } = useFormat()
  const isCapped = total !== undefined && total >= cap
  const count = formatNumber(total ?? shown, locale)
  return (
    <footer className="heddle-list-footer">
      <span>
        {isCapped
          ? t('list.totalCapped', { count: total })
          : t(total === undefined ? 'list.loaded' : 'list.total', { count: total ?? shown, replace: { count } })}
      </span>
      {!isPhone && <Sums list={list} />}
    </footer>
  )
}

/** A search is no condition that can be summed over; then there are none. */
function Sums({ list }: { readonly list: List }) {
  const { t } = useTranslation()
  const summed = list.columns.filter(({ field }) => field !== undefined && isSummed(field))
  const isAsked = list.search === '' && !list.isTrash
  const fields = isAsked ? summed.map((column) => summedField(list, column)) : []
  const { data: sums } = useQuery(sumsQuery(list.entity.name, list.query.where, fields))
  return summed.map((column) => {
    const sum = sums?.get(summedField(list, column))
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

/** Amounts of several currencies are added up in the company's. */
function summedField({ entity }: List, { name }: Column): string {
  const base = `${name}_base`
  return entity.fields.has(base) ? base : name
}
