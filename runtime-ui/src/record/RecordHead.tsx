import { CopyOutlined, DeleteOutlined, MoreOutlined, UndoOutlined } from '@ant-design/icons'
import {
  asText,
  type Entity,
  type Field,
  isComputed,
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
import { optionsOf } from '../fields/options.ts'
import { isAmount } from '../fields/summed.ts'
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
  const { states, numbers } = highlightsOf(release, entity, record)
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
  const remove = async () => {
    const gone = await discard([record])
    if (gone.length > 0) await navigate({ to: '/list/$entity', params: { entity: entity.name } })
  }
  const items = [
    { key: 'copy', icon: <CopyOutlined />, label: t('record.copyLink'), onClick: copy },
    ...(mayDelete && !isDeleted
      ? [
          {
            key: 'delete',
            icon: <DeleteOutlined />,
            danger: true,
            label: t('list.delete'),
            onClick: () => void remove(),
          },
        ]
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

/** The first states a record is in, and its first numbers: amounts before others, computed ones before written ones. */
function highlightsOf(
  release: Release,
  entity: Entity,
  record: JsonObject,
): { readonly states: readonly Field[]; readonly numbers: readonly Field[] } {
  const filled = [...entity.fields.values()].filter(
    ({ name }) => (record[name] ?? null) !== null && name !== entity.label,
  )
  const rankOf = (field: Field) => (tellsAmount(release, field) ? 0 : 2) + (isComputed(field) ? 0 : 1)
  const numbers = filled
    .filter((field) => valueTypeOf(field).feel === 'number' && !isCurrency(entity, field))
    .toSorted((a, b) => rankOf(a) - rankOf(b))
  const states = filled.filter((field) => valueTypeOf(field).feel === 'option' && isState(release, field))
  return { states: states.slice(0, mostStates), numbers: numbers.slice(0, mostNumbers) }
}

/** Choices whose options have colours say how things stand; others only what kind of thing it is. */
function isState(release: Release, field: Field): boolean {
  return [...optionsOf(field, release).values()].some(({ hue }) => hue !== 'gray')
}

/** The rate and the same amount in the company's currency say nothing new up here. */
function isCurrency({ hasCurrency, fields }: Entity, { name }: Field): boolean {
  return hasCurrency && (name === 'rate' || (name.endsWith('_base') && fields.has(name.slice(0, -'_base'.length))))
}

/** An amount, or a sum of amounts of other records. */
function tellsAmount(release: Release, field: Field): boolean {
  const { from, sum } = field.settings
  const added = release.entity(asText(from) ?? '')?.fields.get(asText(sum) ?? '')
  return isAmount(added ?? field)
}
