import { asText, type Entity, type JsonObject } from '@heddle/metadata'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Alert, Skeleton } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../api/problem.ts'
import { recordQuery } from '../api/records.ts'
import { mayDo } from '../api/session.ts'
import { RecordForm } from '../forms/RecordForm.tsx'
import { Crumbs } from '../shell/Crumbs.tsx'
import { Failure } from '../shell/Failure.tsx'
import { ListTitle } from '../shell/ListTitle.tsx'
import { rememberRecent } from '../shell/recent.ts'
import { useSession } from '../shell/session-context.ts'
import { RecordBody } from './RecordBody.tsx'
import { RecordHead } from './RecordHead.tsx'
import { labelOf } from './RecordSummary.tsx'
import './record.css'

/** One record: highlights on top, its form, and what belongs to it beside. */
export function RecordPage() {
  const { entity: name, id } = useParams({ from: '/app/record/$entity/$id' })
  const entity = useSession().release.entity(name)
  const { data: record, error, refetch } = useQuery(recordQuery(name, id))
  if (entity === undefined) return <Failure error={new ApiProblem(404, {})} />
  if (record !== undefined) return <LoadedRecord key={id} entity={entity} record={record} />
  if (error !== null) return <Failure error={error} onRetry={() => void refetch()} />
  return (
    <div className="heddle-record">
      <Skeleton active className="heddle-late" />
    </div>
  )
}

function LoadedRecord({ entity, record }: { readonly entity: Entity; readonly record: JsonObject }) {
  const { t } = useTranslation()
  const { me, release } = useSession()
  const id = asText(record.id) ?? ''
  const label = labelOf(entity, record)
  const isDeleted = record.deleted_at !== null
  useEffect(() => rememberRecent(me.id, { entity: entity.name, id, label }), [me.id, entity.name, id, label])
  return (
    <div className="heddle-record">
      <Crumbs>
        <Link to="/list/$entity" params={{ entity: entity.name }}>
          <ListTitle entity={entity} />
        </Link>
        <span aria-hidden>/</span>
        <span className="heddle-ellipsis">{label}</span>
      </Crumbs>
      <RecordHead entity={entity} release={release} record={record} />
      {isDeleted && <Alert type="warning" banner title={t('record.deleted')} />}
      <RecordBody entity={entity} record={record}>
        <RecordForm
          release={release}
          entity={entity}
          record={record}
          isReadOnly={isDeleted || !mayDo(me, entity.name, 'update')}
          onSaved={() => undefined}
          onCancel={() => undefined}
        />
      </RecordBody>
    </div>
  )
}
