import { EyeOutlined } from '@ant-design/icons'
import { type Entity, fieldTypeOf, type JsonObject, type Release } from '@heddle/metadata'
import { useQuery } from '@tanstack/react-query'
import { Button, Popover, Skeleton } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { recordQuery } from '../../api/records.ts'
import { FieldValue } from '../FieldValue.tsx'
import { RecordLink } from '../RecordLink.tsx'
import { choiceOf } from './record-choices.ts'

interface QuickViewProps {
  readonly entity: Entity
  readonly id: string
  readonly release: Release
}

/** How many values a look at a record shows. */
const most = 8

/** A look at a record without leaving the page. */
export function QuickView({ entity, id, release }: QuickViewProps) {
  const { t } = useTranslation('forms')
  const [isOpen, setOpen] = useState(false)
  const { data, isError } = useQuery({ ...recordQuery(entity.name, id), enabled: isOpen })
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      content={
        <div className="heddle-glance">
          {data === undefined ? (
            isError ? (
              t('widget.forbidden')
            ) : (
              <Skeleton active title={false} paragraph={{ rows: 3 }} />
            )
          ) : (
            <Glance entity={entity} record={data} release={release} />
          )}
        </div>
      }
    >
      <Button type="text" icon={<EyeOutlined />} aria-label={t('widget.look', { title: entity.title })} />
    </Popover>
  )
}

function Glance({ entity, record, release }: { entity: Entity; record: JsonObject; release: Release }) {
  const { label, id } = choiceOf(entity, record)
  const filled = [...entity.fields.values()]
    .filter(({ name, type }) => name !== entity.label && fieldTypeOf(type).source !== 'children')
    .filter(({ name }) => (record[name] ?? null) !== null)
  return (
    <>
      <strong>
        <RecordLink entity={entity.name} id={id}>
          {label}
        </RecordLink>
      </strong>
      <dl>
        {filled.slice(0, most).map((field) => (
          <div key={field.name}>
            <dt>{field.title}</dt>
            <dd>
              <FieldValue field={field} record={record} release={release} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}
