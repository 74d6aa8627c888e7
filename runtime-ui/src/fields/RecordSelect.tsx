import { asObject, asText, type Entity, type JsonObject } from '@heddle/metadata'
import { useQueries, useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listRecords, recordQuery } from '../api/records.ts'

interface RecordSelectProps {
  readonly entity: Entity
  readonly value: readonly string[]
  readonly onChange: (ids: string[]) => void
  readonly mode: 'single' | 'multiple'
  readonly label: string
}

/** Chooses records of an entity by searching for their label. */
export function RecordSelect({ entity, value, onChange, mode, label }: RecordSelectProps) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const search = useDeferredValue(text)
  const name = entity.label
  const found = useQuery({
    queryKey: ['records', entity.name, 'list', 'choices', search],
    queryFn: ({ signal }) =>
      listRecords(
        entity.name,
        { search, limit: 20, ...(name === undefined ? {} : { fields: [name], sort: name }) },
        signal,
      ),
  })
  const chosen = useQueries({ queries: value.map((id) => recordQuery(entity.name, id)) })
  const records: JsonObject[] = [
    ...chosen.map(({ data }) => asObject(data)).filter(({ id }) => id !== undefined),
    ...(found.data?.items ?? []),
  ]
  const labels = new Map(records.map((record) => [asText(record.id) ?? '', asText(record[name ?? '']) ?? '']))
  return (
    <Select
      aria-label={label}
      mode={mode === 'multiple' ? 'multiple' : undefined}
      value={mode === 'multiple' ? [...value] : value[0]}
      onChange={(next: string | string[] | undefined) => onChange([next ?? []].flat())}
      options={[...labels].map(([id, title]) => ({ value: id, label: title }))}
      showSearch={{ filterOption: false, onSearch: setText }}
      loading={found.isFetching}
      notFoundContent={found.isFetching ? t('common.loading') : t('list.noMatch')}
      allowClear
    />
  )
}
