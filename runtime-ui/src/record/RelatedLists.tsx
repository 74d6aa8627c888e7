import { PlusOutlined } from '@ant-design/icons'
import { asText, type Entity, type JsonObject } from '@heddle/metadata'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listRecords } from '../api/records.ts'
import { mayDo } from '../api/session.ts'
import { FieldValue } from '../fields/FieldValue.tsx'
import { useSession } from '../shell/session-context.ts'
import { filterText } from '../views/conditions.ts'
import { labelOf } from './RecordSummary.tsx'
import { type Relation, relationsOf } from './related.ts'

/** Other records that point to this one, the newest of each kind first. */
export function RelatedLists({ entity, record }: { readonly entity: Entity; readonly record: JsonObject }) {
  const { me, release } = useSession()
  const relations = relationsOf(release, entity, me)
  return relations.map((relation) => (
    <RelatedList
      key={`${relation.entity.name} ${relation.field.name}`}
      relation={relation}
      title={titleOf(relation, relations)}
      id={asText(record.id) ?? ''}
    />
  ))
}

const most = 5

/** The field tells apart what several fields of one entity lead here. */
function titleOf({ entity, field }: Relation, relations: readonly Relation[]): string {
  const isAlone = relations.filter((other) => other.entity === entity).length === 1
  const isItself = field.settings.entity === entity.name
  return isAlone && !isItself ? entity.title : `${entity.title} · ${field.title}`
}

interface RelatedListProps {
  readonly relation: Relation
  readonly title: string
  readonly id: string
}

function RelatedList({ relation, title, id }: RelatedListProps) {
  const { t } = useTranslation()
  const { me, release } = useSession()
  const { entity, field } = relation
  const state = [...entity.fields.values()].find(({ options }) => options.length > 0)
  const fields = [entity.label, state?.name].filter((name) => name !== undefined)
  const { data } = useQuery({
    queryKey: ['records', entity.name, 'list', 'related', field.name, id],
    queryFn: ({ signal }) => listRecords(entity.name, { equals: { [field.name]: id }, fields, limit: most }, signal),
  })
  const mayCreate = mayDo(me, entity.name, 'create')
  if (data === undefined || (data.items.length === 0 && !mayCreate)) return null
  const filter = filterText({ match: 'all', conditions: [{ field: field.name, op: '=', value: id }] })
  return (
    <section className={data.items.length === 0 ? 'heddle-related heddle-related-empty' : 'heddle-related'}>
      <h2>
        <Link to="/list/$entity" params={{ entity: entity.name }} search={filter === undefined ? {} : { filter }}>
          {title} <small>{data.total ?? data.items.length}</small>
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
        {data.items.map((each) => (
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
