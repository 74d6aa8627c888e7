import { WarningOutlined } from '@ant-design/icons'
import { asText, type Json, type Release, referencedEntities } from '@heddle/metadata'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { recordQuery } from '../api/records.ts'
import { durationText } from '../fields/cells/duration-parts.ts'
import { formatDay, formatMoment, formatNumber } from '../fields/format.ts'
import { useFormat } from '../fields/format-context.ts'
import { namedSources } from '../fields/named-sources.ts'
import { optionsOf } from '../fields/options.ts'
import type { Column } from './columns.tsx'
import { type Condition, isComplete } from './conditions.ts'
import type { List } from './use-list.ts'

interface ConditionTextProps {
  readonly condition: Condition
  readonly list: Pick<List, 'filterable' | 'release'>
}

/** A condition in words, or why it is not applied: who shares a list may see fields that others do not. */
export function ConditionText({ condition, list }: ConditionTextProps) {
  const { t } = useTranslation()
  const column = list.filterable.find(({ name }) => name === condition.field)
  if (column === undefined) return <NotApplied text={t('filter.notApplied.field', { field: condition.field })} />
  if (!isComplete(condition, column.feel)) {
    return <NotApplied text={t('filter.notApplied.value', { field: column.title })} />
  }
  const values = [condition.value].flat().filter((value) => value !== null)
  return (
    <>
      {column.title} {t(`operator.${condition.op}`)}{' '}
      {values.map((value, index) => (
        <span key={JSON.stringify(value)}>
          {index > 0 && (condition.op === 'between' ? ` ${t('filter.to')} ` : t('filter.or'))}
          <ValueText column={column} value={value} release={list.release} />
        </span>
      ))}
    </>
  )
}

function NotApplied({ text }: { readonly text: string }) {
  return (
    <>
      <WarningOutlined aria-hidden /> {text}
    </>
  )
}

interface ValueTextProps {
  readonly column: Column
  readonly value: Json
  readonly release: Release
}

function ValueText({ column, value, release }: ValueTextProps) {
  const { t } = useTranslation()
  const settings = useFormat()
  const text = asText(value) ?? ''
  if (column.feel === 'reference') return <ReferenceText column={column} id={text} release={release} />
  if (column.feel === 'date') return formatDay(text, settings.locale)
  if (column.feel === 'datetime') return formatMoment(text, settings)
  if (column.feel === 'duration') return durationText(text, t)
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no')
  if (typeof value === 'number') return formatNumber(value, settings.locale)
  const option = column.field === undefined ? undefined : optionsOf(column.field, release).get(text)
  return option?.title ?? text
}

function ReferenceText({ column, id, release }: { column: Column; id: string; release: Release }) {
  const source = namedSources.get(column.type)
  if (source !== undefined) return <NameText source={source} id={id} />
  const [target = ''] = column.field === undefined ? [] : referencedEntities(column.field)
  return <LabelText entity={target} label={release.entity(target)?.label ?? ''} id={id} />
}

type NamedSource = typeof namedSources extends ReadonlyMap<string, infer Source> ? Source : never

function NameText({ source, id }: { readonly source: NamedSource; readonly id: string }) {
  return useQuery(source).data?.get(id)?.name ?? '…'
}

function LabelText({ entity, label, id }: { readonly entity: string; readonly label: string; readonly id: string }) {
  return asText(useQuery(recordQuery(entity, id)).data?.[label]) ?? '…'
}
