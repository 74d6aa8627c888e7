import { CopyOutlined, DeleteOutlined, MoreOutlined, UndoOutlined } from '@ant-design/icons'
import {
  asText,
  type Entity,
  type Field,
  fieldTypeOf,
  type JsonObject,
  type Release,
  valueTypeOf,
} from '@heddle/metadata'
import { useNavigate } from '@tanstack/react-router'
import { App, Button, Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'
import { mayDo } from '../api/session.ts'
import { PersonCell } from '../fields/cells/ReferenceCell.tsx'
import { FieldValue } from '../fields/FieldValue.tsx'
import { useSession } from '../shell/session-context.ts'
import { labelOf } from './RecordSummary.tsx'
import { useTrash } from './use-trash.tsx'

interface RecordHeadProps {
  readonly entity: Entity
  readonly release: Release
  readonly record: JsonObject
}

/** What stays on top of a record: its name, states, owner, key numbers and what can be done to it. */
export function RecordHead({ entity, release, record }: RecordHeadProps) {
  const { states, numbers } = highlightsOf(entity, record)
  return (
    <header className="heddle-record-head">
      <div className="heddle-record-name">
        <h1 className="heddle-ellipsis">{labelOf(entity, record)}</h1>
        {states.map((field) => (
          <FieldValue key={field.name} field={field} record={record} release={release} />
        ))}
        {asText(record.owner_id) !== undefined && <PersonCell value={record.owner_id ?? null} />}
      </div>
      {numbers.length > 0 && (
        <dl className="heddle-record-numbers">
          {numbers.map((field) => (
            <div key={field.name}>
              <dt>{field.title}</dt>
              <dd>
                <FieldValue field={field} record={record} release={release} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      <RecordActions entity={entity} record={record} />
    </header>
  )
}

function RecordActions({ entity, record }: Pick<RecordHeadProps, 'entity' | 'record'>) {
  const { t } = useTranslation()
  const { me } = useSession()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const { discard, restore, isBusy } = useTrash(entity)
  const mayDelete = mayDo(me, entity.name, 'delete')
  const isDeleted = record.deleted_at !== null
  const copy = () => void navigator.clipboard.writeText(location.href).then(() => message.success(t('common.copied')))
  const remove = () =>
    void discard([record]).then(() => navigate({ to: '/list/$entity', params: { entity: entity.name } }))
  const items = [
    { key: 'copy', icon: <CopyOutlined />, label: t('record.copyLink'), onClick: copy },
    ...(mayDelete && !isDeleted
      ? [{ key: 'delete', icon: <DeleteOutlined />, danger: true, label: t('list.delete'), onClick: remove }]
      : []),
  ]
  return (
    <div className="heddle-record-actions">
      {isDeleted && mayDelete && (
        <Button icon={<UndoOutlined />} loading={isBusy} onClick={() => void restore([record])}>
          {t('list.restore')}
        </Button>
      )}
      <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
        <Button type="text" icon={<MoreOutlined />} aria-label={t('list.more')} loading={isBusy} />
      </Dropdown>
    </div>
  )
}

const mostStates = 2
const mostNumbers = 3

/** The first states a record is in, and its first numbers, what the engine computed before what people wrote. */
export function highlightsOf(entity: Entity, record: JsonObject): { states: Field[]; numbers: Field[] } {
  const filled = [...entity.fields.values()].filter(
    ({ name }) => (record[name] ?? null) !== null && name !== entity.label,
  )
  const numbers = filled.filter((field) => valueTypeOf(field).feel === 'number')
  const isComputed = (field: Field) => fieldTypeOf(field.type).source === 'computed'
  return {
    states: filled.filter((field) => valueTypeOf(field).feel === 'option').slice(0, mostStates),
    numbers: [...numbers.filter(isComputed), ...numbers.filter((field) => !isComputed(field))].slice(0, mostNumbers),
  }
}
