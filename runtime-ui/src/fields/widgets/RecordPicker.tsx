import { PlusOutlined } from '@ant-design/icons'
import type { Entity, JsonObject } from '@heddle/metadata'
import { useQueries, useQuery } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useContext, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../api/problem.ts'
import { recordQuery } from '../../api/records.ts'
import { mayDo } from '../../api/session.ts'
import { SessionContext } from '../../shell/session-context.ts'
import { QuickCreateContext } from '../quick-create.ts'
import type { WidgetProps } from '../widget.ts'
import { inputProps } from './input-props.ts'
import { choiceOf, choicesQuery, type RecordChoice } from './record-choices.ts'

interface RecordPickerProps {
  /** The widget it stands in. */
  readonly widget: WidgetProps
  readonly target: Entity
  readonly chosen: readonly string[]
  /** Labels that came with the record, by id. */
  readonly labels: ReadonlyMap<string, string>
  readonly mode: 'one' | 'several'
  readonly onChoose: (choices: readonly RecordChoice[]) => void
}

/** Chooses records of an entity by searching for them. */
export function RecordPicker({ widget, target, chosen, labels, mode, onChoose }: RecordPickerProps) {
  const { t } = useTranslation('forms')
  const [isOpen, setOpen] = useState(widget.isOpened ?? false)
  const [text, setText] = useState('')
  const search = useSettled(text)
  const found = useQuery({ ...choicesQuery(target, search), enabled: isOpen })
  const known = useKnown(target, chosen, labels)
  const choices = [...known, ...(found.data ?? []).filter(({ id }) => !chosen.includes(id))]
  const choose = (ids: readonly string[]) =>
    onChoose(ids.flatMap((id) => choices.find((choice) => choice.id === id) ?? []))
  const create = useCreating(target, text, (choice) => {
    setOpen(false)
    onChoose(mode === 'several' ? [...known, choice] : [choice])
  })
  const isForbidden = found.error instanceof ApiProblem && found.error.status === 403
  return (
    <Select
      {...inputProps(widget)}
      className="heddle-fill"
      {...(mode === 'several' ? { mode: 'multiple' as const } : {})}
      value={mode === 'several' ? [...chosen] : (chosen[0] ?? null)}
      onChange={(ids: string | readonly string[] | undefined) => choose([ids ?? []].flat())}
      open={isOpen}
      onOpenChange={setOpen}
      options={choices.map(({ id, label, more }) => ({ value: id, label, more }))}
      optionRender={({ data }) => (
        <span className="heddle-choice">
          <span className="heddle-ellipsis">{data.label}</span>
          <span className="heddle-unit heddle-ellipsis">{data.more}</span>
        </span>
      )}
      showSearch={{ filterOption: false, onSearch: setText }}
      placeholder={widget.place === 'form' ? t('widget.find', { title: target.title }) : undefined}
      popupMatchSelectWidth={widget.place === 'form' ? true : 280}
      loading={found.isFetching}
      notFoundContent={t(isForbidden ? 'widget.forbidden' : found.isFetching ? 'widget.searching' : 'widget.noMatch')}
      allowClear={!widget.isRequired}
      popupRender={(menu) => (
        <>
          {menu}
          {create !== undefined && (
            <Button
              type="text"
              icon={<PlusOutlined />}
              className="heddle-fill heddle-create-choice"
              onClick={() => {
                setOpen(false)
                create()
              }}
            >
              {t('widget.create', { title: text === '' ? target.title : `${target.title}“${text}”` })}
            </Button>
          )}
        </>
      )}
    />
  )
}

/** Starts making the record that was searched for in vain; undefined for those who may not. */
function useCreating(target: Entity, text: string, use: (choice: RecordChoice) => void): (() => void) | undefined {
  const quickCreate = useContext(QuickCreateContext)
  const session = useContext(SessionContext)
  if (quickCreate === undefined || session === undefined || !mayDo(session.me, target.name, 'create')) return undefined
  const initial: JsonObject = target.label === undefined || text === '' ? {} : { [target.label]: text }
  return () => quickCreate(target, initial, (record) => use(choiceOf(target, record)))
}

/** The chosen records with their labels; those without one are read. */
function useKnown(target: Entity, chosen: readonly string[], labels: ReadonlyMap<string, string>): RecordChoice[] {
  const unnamed = chosen.filter((id) => !labels.has(id))
  const { t } = useTranslation('forms')
  const read = useQueries({ queries: unnamed.map((id) => recordQuery(target.name, id)) })
  const names = new Map(
    read.flatMap(({ data, isError }, index): [string, string][] => {
      if (data === undefined) return isError ? [[unnamed[index] ?? '', t('widget.forbidden')]] : []
      return [[unnamed[index] ?? '', choiceOf(target, data).label]]
    }),
  )
  return chosen.map((id) => ({ id, label: labels.get(id) ?? names.get(id) ?? '…', more: '' }))
}

/** The text once nobody has typed for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), text === '' ? 0 : 180)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
