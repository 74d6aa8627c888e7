import { CloseOutlined, FilterOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Popover, Segmented } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConditionEditor } from './ConditionEditor.tsx'
import { ConditionText } from './ConditionText.tsx'
import type { Condition, Filter } from './conditions.ts'
import type { List } from './use-list.ts'

/** The conditions of a list as chips: a click edits one in place. */
export function FilterBar({ list }: { readonly list: List }) {
  const { t } = useTranslation()
  const { filter, change } = list
  const replace = (index: number, ...by: Condition[]) =>
    change.filter({ ...filter, conditions: filter.conditions.toSpliced(index, 1, ...by) })
  if (filter.conditions.length === 0) return null
  return (
    <section className="heddle-filters" aria-label={t('filter.title')}>
      {filter.conditions.map((condition, index) => (
        <span key={`${condition.field} ${condition.op} ${JSON.stringify(condition.value)}`} className="heddle-filter">
          <EditorPopover list={list} condition={condition} onDone={(next) => replace(index, next)}>
            <button type="button" className="heddle-filter-text">
              <ConditionText condition={condition} list={list} />
            </button>
          </EditorPopover>
          <button type="button" aria-label={t('filter.remove')} onClick={() => replace(index)}>
            <CloseOutlined />
          </button>
        </span>
      ))}
      <AddCondition list={list} shape="plus" />
      {filter.conditions.length > 1 && (
        <Segmented<Filter['match']>
          size="small"
          value={filter.match}
          options={[
            { value: 'all', label: t('filter.all') },
            { value: 'any', label: t('filter.any') },
          ]}
          onChange={(match) => change.filter({ ...filter, match })}
        />
      )}
      <Button type="text" size="small" onClick={change.clear}>
        {t('filter.clear')}
      </Button>
    </section>
  )
}

/** The button that adds a condition. */
export function AddCondition({ list, shape }: { readonly list: List; readonly shape: 'button' | 'icon' | 'plus' }) {
  const { t } = useTranslation()
  const add = (condition: Condition) =>
    list.change.filter({ ...list.filter, conditions: [...list.filter.conditions, condition] })
  return (
    <EditorPopover list={list} condition={undefined} onDone={add}>
      {shape === 'plus' ? (
        <Button type="text" size="small" icon={<PlusOutlined />} aria-label={t('filter.add')} />
      ) : (
        <Button type="text" icon={<FilterOutlined />} aria-label={t('filter.title')}>
          {shape === 'button' && t('filter.title')}
        </Button>
      )}
    </EditorPopover>
  )
}

interface EditorPopoverProps {
  readonly list: List
  readonly condition: Condition | undefined
  readonly onDone: (condition: Condition) => void
  readonly children: ReactNode
}

function EditorPopover({ list, condition, onDone, children }: EditorPopoverProps) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const done = (next: Condition) => {
    setOpen(false)
    onDone(next)
  }
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      open={isOpen}
      onOpenChange={setOpen}
      destroyOnHidden
      title={t(condition === undefined ? 'filter.add' : 'filter.edit')}
      content={<ConditionEditor list={list} initial={condition} onDone={done} />}
    >
      {children}
    </Popover>
  )
}
