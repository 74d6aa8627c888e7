import { asText, type Entity, type JsonObject } from '@heddle/metadata'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { listRecords } from '../../api/records.ts'

/** A record that can be chosen: its label and what tells it apart from its namesakes. */
export interface RecordChoice {
  readonly id: string
  readonly label: string
  readonly more: string
}

/** The first records that fit the search text. */
export function choicesQuery(entity: Entity, search: string) {
  const fields = shownFields(entity)
  return queryOptions({
    queryKey: ['records', entity.name, 'list', 'choices', search],
    queryFn: async ({ signal }) => {
      const sort = entity.label === undefined || search !== '' ? {} : { sort: entity.label }
      const page = await listRecords(entity.name, { search, limit: 20, fields, ...sort }, signal)
      return page.items.map((record) => choiceOf(entity, record))
    },
    placeholderData: keepPreviousData,
  })
}

/** The only record with exactly that label, undefined when there is none or several. */
export async function recordLabelled(entity: Entity, label: string): Promise<RecordChoice | undefined> {
  const wanted = label.trim()
  const page = await listRecords(entity.name, { search: wanted, limit: 20, fields: shownFields(entity) })
  const found = page.items.map((record) => choiceOf(entity, record)).filter((choice) => choice.label === wanted)
  return found.length === 1 ? found[0] : undefined
}

/** A record as a choice. */
export function choiceOf(entity: Entity, record: JsonObject): RecordChoice {
  const [label = '', ...more] = shownFields(entity).map((name) => asText(record[name]) ?? '')
  return { id: asText(record.id) ?? '', label, more: more.filter((text) => text !== '' && text !== label).join(' · ') }
}

/** The label and up to two more texts people search by. */
function shownFields(entity: Entity): string[] {
  const more = entity.search.filter((name) => name !== entity.label && isPlainText(entity, name))
  return [...(entity.label === undefined ? [] : [entity.label]), ...more.slice(0, 2)]
}

function isPlainText(entity: Entity, name: string): boolean {
  const field = entity.fields.get(name)
  return field !== undefined && field.value.type === 'string' && field.options.length === 0
}
