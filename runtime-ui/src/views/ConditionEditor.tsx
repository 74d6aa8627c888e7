import type { Json, Operator } from '@heddle/metadata'
import { Button, Flex, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Condition, isComplete } from './conditions.ts'
import { FilterValue } from './FilterValue.tsx'
import { type FilterColumn, sayableOperators } from './filter-columns.ts'
import type { List } from './use-list.ts'

interface ConditionEditorProps {
  readonly list: List
  readonly initial: Condition | undefined
  readonly onDone: (condition: Condition) => void
}

/** Field, operator and value of one condition. */
export function ConditionEditor({ list, initial, onDone }: ConditionEditorProps) {
  const { t } = useTranslation()
  const columns = list.filterable
  const [name, setName] = useState(initial?.field)
  const [chosenOp, setOp] = useState(initial?.op)
  const [value, setValue] = useState<Json>(initial?.value ?? null)
  const column = columns.find((each) => each.name === name)
  const op = chosenOp ?? (column === undefined ? undefined : sayableOperators(column)[0])
  const made = column === undefined || op === undefined ? undefined : { field: column.name, op, value }
  const condition = made !== undefined && column !== undefined && isComplete(made, column.feel) ? made : undefined
  const choose = (next: string) => {
    setName(next)
    setOp(undefined)
    setValue(null)
  }
  const reshape = (next: Operator) => {
    if (op !== undefined && shapeOf(next) !== shapeOf(op)) setValue(null)
    setOp(next)
  }
  return (
    <form
      className="heddle-condition"
      onSubmit={(event) => {
        event.preventDefault()
        if (condition !== undefined) onDone(condition)
      }}
    >
      <FieldSelect columns={columns} value={name} onChange={choose} />
      {column !== undefined && op !== undefined && (
        <>
          <Select<Operator>
            aria-label={t('filter.operator')}
            value={op}
            onChange={reshape}
            options={sayableOperators(column).map((each) => ({ value: each, label: t(`operator.${each}`) }))}
          />
          <FilterValue column={column} op={op} value={value} onChange={setValue} release={list.release} />
        </>
      )}
      <Flex justify="flex-end">
        <Button type="primary" htmlType="submit" disabled={condition === undefined}>
          {t('common.apply')}
        </Button>
      </Flex>
    </form>
  )
}

interface FieldSelectProps {
  readonly columns: readonly FilterColumn[]
  readonly value: string | undefined
  readonly onChange: (name: string) => void
}

function FieldSelect({ columns, value, onChange }: FieldSelectProps) {
  const { t } = useTranslation()
  return (
    <Select
      aria-label={t('filter.field')}
      placeholder={t('filter.field')}
      value={value}
      onChange={onChange}
      options={groupedChoices(columns)}
      showSearch={{ optionFilterProp: 'label' }}
      autoFocus={value === undefined}
      defaultOpen={value === undefined}
    />
  )
}

/** Fields behind a lookup stand together under its title. */
function groupedChoices(columns: readonly FilterColumn[]) {
  const choiceOf = ({ name, title }: FilterColumn) => ({ value: name, label: title })
  const own = columns.filter(({ by }) => by === undefined).map(choiceOf)
  const lookups = [...new Set(columns.flatMap(({ by }) => by ?? []))]
  return [
    ...own,
    ...lookups.map((by) => ({ label: by, options: columns.filter((column) => column.by === by).map(choiceOf) })),
  ]
}

/** Operators of one shape take the same values. */
function shapeOf(op: Operator): string {
  if (op === 'between') return 'two'
  if (op === 'in' || op === 'not in') return 'many'
  return op === 'empty' || op === 'not empty' ? 'none' : 'one'
}
