import { asText, type Entity, type JsonObject } from '@heddle/metadata'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { listRecords, relatedQuery } from '../api/records.ts'
import { useSession } from '../shell/session-context.ts'
import { RelatedList } from './RelatedList.tsx'
import { type Relation, relationsOf, shownFields } from './related.ts'

/** Other records that point to this one, the newest of each kind first. */
export function RelatedLists({ entity, record }: { readonly entity: Entity; readonly record: JsonObject }) {
  const { t } = useTranslation()
  const { me, release } = useSession()
  const relations = relationsOf(release, entity, me)
  const id = asText(record.id) ?? ''
  const included = useQuery(relatedQuery({ entity: entity.name, id }, relations.flatMap(includeOf)))
  return relations.map((relation) => {
    const { inverse } = relation
    const shared = {
      relation,
      id,
      needsField: relations.filter((other) => other.entity === relation.entity).length > 1,
      isOwn: relation.entity.name === entity.name,
    }
    const key = `${relation.entity.name} ${relation.field.name}`
    if (inverse === undefined) return <AskedList key={key} {...shared} />
    const items = included.data?.get(inverse)
    if (items === undefined) return null
    const count = items.length < mostIncluded ? String(items.length) : t('record.atLeast', { count: items.length })
    return <RelatedList key={key} {...shared} items={items.slice(0, most)} count={count} />
  })
}

/** How many are shown of each kind. */
const most = 5
/** The engine includes no more than these. */
const mostIncluded = 50

function includeOf(relation: Relation) {
  const { entity, inverse } = relation
  return inverse === undefined ? [] : [{ name: inverse, entity: entity.name, fields: shownFields(relation) }]
}

interface AskedListProps {
  readonly relation: Relation
  readonly id: string
  readonly needsField: boolean
  readonly isOwn: boolean
}

/** What a record cannot include is asked for by itself. */
function AskedList(props: AskedListProps) {
  const { relation, id } = props
  const { entity, field } = relation
  const { data } = useQuery({
    queryKey: ['records', entity.name, 'list', 'related', field.name, id],
    queryFn: ({ signal }) => {
      const fields = shownFields(relation)
      return listRecords(entity.name, { equals: { [field.name]: id }, fields, limit: most }, signal)
    },
  })
  if (data === undefined) return null
  return <RelatedList {...props} items={data.items} count={String(data.total ?? data.items.length)} />
}
