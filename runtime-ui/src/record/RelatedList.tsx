import { PlusOutlined } from '@ant-design/icons'
import { asText, type JsonObject } from '@heddle/metadata'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { mayDo } from '../api/session.ts'
import { FieldValue } from '../fields/FieldValue.tsx'
import { useListTitle, useSession } from '../shell/session-context.ts'
import { filterText } from '../views/conditions.ts'
import { labelOf } from './RecordSummary.tsx'
import type { Relation } from './related.ts'

interface RelatedListProps {
  readonly relation: Relation
  /** The record they point to. */
  readonly id: string
  /** Several fields of the entity lead here, so that its title alone does not tell which. */
  readonly needsField: boolean
  /** They are of the same entity as the record. */
  readonly isOwn: boolean
  readonly items: readonly JsonObject[]
  readonly count: string
}

/** The records of one kind that point to a record: the newest, the way to all of them, and to a new one. */
export function RelatedList({ relation, id, needsField, isOwn, items, count }: RelatedListProps) {
  const { t } = useTranslation()
  const { me, release } = useSession()
  const { entity, field, state } = relation
  const listTitle = useListTitle(entity)
  const mayCreate = mayDo(me, entity.name, 'create')
  if (items.length === 0 && !mayCreate) return null
  const filter = filterText({ match: 'all', conditions: [{ field: field.name, op: '=', value: id }] })
  return (
    <section className={items.length === 0 ? 'heddle-related heddle-related-empty' : 'heddle-related'}>
      <h2>
        <Link to="/list/$entity" params={{ entity: entity.name }} search={filter === undefined ? {} : { filter }}>
          {needsField || isOwn ? `${listTitle} · ${field.title}` : listTitle} <small>{count}</small>
        </Link>
        {mayCreate && (
          <Link
            to="/create/$entity"
            params={{ entity: entity.name }}
            search={{ set: JSON.stringify({ [field.name]: id }) }}
            aria-label={t('shell.goToKind.create', { title: entity.title })}
            className="heddle-related-new"
          >
            <PlusOutlined aria-hidden />
          </Link>
        )}
      </h2>
      <ul>
        {items.map((each) => (
          <li key={asText(each.id)}>
            <Link to="/record/$entity/$id" params={{ entity: entity.name, id: asText(each.id) ?? '' }}>
              <span className="heddle-ellipsis">{labelOf(entity, each)}</span>
              {state !== undefined && <FieldValue field={state} record={each} release={release} />}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
