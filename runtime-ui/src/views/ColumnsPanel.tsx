import { ArrowDownOutlined, ArrowUpOutlined, TableOutlined } from '@ant-design/icons'
import { Button, Checkbox, Flex, Input, Popover, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column } from './columns.tsx'
import type { ColumnChoice } from './list-view.ts'
import type { List } from './use-list.ts'

/** Which columns are shown, in which order and how dense; kept with the person. */
export function ColumnsPanel({ list }: { readonly list: List }) {
  const { t } = useTranslation()
  return (
    <Popover trigger="click" placement="bottomRight" destroyOnHidden content={<Panel list={list} />}>
      <Button type="text" icon={<TableOutlined />} title={t('list.columns')} aria-label={t('list.columns')} />
    </Popover>
  )
}

function Panel({ list }: { readonly list: List }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const shown: ColumnChoice[] = list.columns.map(({ name, width }) => ({ name, width }))
  const hidden = list.choices.filter((column) => !shown.some(({ name }) => name === column.name))
  const matches = ({ title }: Column) => title.toLowerCase().includes(text.trim().toLowerCase())
  const move = (index: number, step: number) => {
    const [column] = shown.slice(index, index + 1)
    if (column !== undefined) list.change.columns(shown.toSpliced(index, 1).toSpliced(index + step, 0, column))
  }
  return (
    <div className="heddle-columns">
      <Input
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder={t('list.findColumn')}
        allowClear
      />
      <ul>
        {list.columns.filter(matches).map((column) => (
          <ShownColumn
            key={column.name}
            column={column}
            index={shown.findIndex(({ name }) => name === column.name)}
            count={shown.length}
            onHide={() => list.change.columns(shown.filter(({ name }) => name !== column.name))}
            onMove={move}
          />
        ))}
        {hidden.filter(matches).map((column) => (
          <li key={column.name}>
            <Checkbox
              checked={false}
              onChange={() => list.change.columns([...shown, { name: column.name, width: undefined }])}
            >
              {column.title}
            </Checkbox>
          </li>
        ))}
      </ul>
      <Flex justify="space-between" align="center">
        <Segmented
          size="small"
          aria-label={t('list.density')}
          value={list.density}
          options={[
            { value: 'comfortable' as const, label: t('list.comfortable') },
            { value: 'compact' as const, label: t('list.compact') },
          ]}
          onChange={list.change.density}
        />
        <Button type="text" size="small" onClick={() => list.change.columns(undefined)}>
          {t('common.reset')}
        </Button>
      </Flex>
    </div>
  )
}

interface ShownColumnProps {
  readonly column: Column
  readonly index: number
  readonly count: number
  readonly onHide: () => void
  readonly onMove: (index: number, step: number) => void
}

function ShownColumn({ column, index, count, onHide, onMove }: ShownColumnProps) {
  const { t } = useTranslation()
  const { title } = column
  return (
    <li>
      <Checkbox checked disabled={count === 1} onChange={onHide}>
        {title}
      </Checkbox>
      <span>
        <Button
          type="text"
          size="small"
          icon={<ArrowUpOutlined />}
          aria-label={t('list.moveUp', { title })}
          disabled={index === 0}
          onClick={() => onMove(index, -1)}
        />
        <Button
          type="text"
          size="small"
          icon={<ArrowDownOutlined />}
          aria-label={t('list.moveDown', { title })}
          disabled={index === count - 1}
          onClick={() => onMove(index, 1)}
        />
      </span>
    </li>
  )
}
