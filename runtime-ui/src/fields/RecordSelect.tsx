import type { Entity } from '@heddle/metadata'
import { useQueries, useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { recordQuery } from '../api/records.ts'
import { choiceOf, choicesQuery } from './widgets/record-choices.ts'

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
  const found = useQuery(choicesQuery(entity, search))
  const chosen = useQueries({ queries: value.map((id) => recordQuery(entity.name, id)) })
  const choices = [
    ...chosen.flatMap(({ data }) => (data === undefined ? [] : choiceOf(entity, data))),
    ...(found.data ?? []),
  ]
  const labels = new Map(choices.map((choice) => [choice.id, choice.label]))
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
