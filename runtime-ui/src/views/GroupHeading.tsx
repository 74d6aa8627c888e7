import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { groupKey, groupsQuery } from '../api/totals.ts'
import type { Row } from './rows.ts'
import { SumTexts, summedColumns } from './SumTexts.tsx'
import type { List } from './use-list.ts'

interface GroupHeadingProps {
  readonly list: List
  readonly row: Row
  /** Sums are for those who have the room. */
  readonly isPhone: boolean
}

/** What the records below share, how many they are, and what their amounts add up to. */
export function GroupHeading({ list, row, isPhone }: GroupHeadingProps) {
  const { t } = useTranslation()
  const { group } = list.view
  const column = list.choices.find(({ name }) => name === group)
  const value = row.record[group ?? ''] ?? null
  const summed = isPhone ? [] : summedColumns(list)
  const fields = summed.map(({ field }) => field)
  const { data: groups } = useQuery(groupsQuery(list.entity.name, list.query, { group, fields }))
  const totals = groups?.get(groupKey(value))
  return (
    <>
      {!isPhone && <small>{column?.title}</small>} {value === null ? t('list.noGroup') : column?.content(row.record)}{' '}
      {totals !== undefined && <small className="heddle-group-count">{t('list.total', { count: totals.count })}</small>}
      <SumTexts columns={summed} sums={totals?.sums} />
    </>
  )
}
