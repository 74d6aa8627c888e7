import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { sumsQuery } from '../api/totals.ts'
import { formatNumber } from '../fields/format.ts'
import { useFormat } from '../fields/format-context.ts'
import { SumTexts, summedColumns } from './SumTexts.tsx'
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

function Sums({ list }: { readonly list: List }) {
  const summed = summedColumns(list)
  const fields = summed.map(({ field }) => field)
  const { data: sums } = useQuery(sumsQuery(list.entity.name, list.query, fields))
  return <SumTexts columns={summed} sums={sums} />
}
