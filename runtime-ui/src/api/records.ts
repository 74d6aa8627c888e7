import { asObject, asText, asTexts, isObject, type JsonObject } from '@heddle/metadata'
import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import { request } from './request.ts'

/** A page of records. `total` is capped by the engine and only there when asked for. */
export interface RecordPage {
  readonly items: readonly JsonObject[]
  readonly next: string | undefined
  readonly total: number | undefined
  readonly denied: readonly string[]
  readonly masked: readonly string[]
}

/** What to list. `where` is FEEL text. */
export interface ListQuery {
  readonly where?: string | undefined
  /** Fields that have exactly these values. */
  readonly equals?: { readonly [field: string]: string } | undefined
  readonly search?: string | undefined
  /** As in `-amount,name`. */
  readonly sort?: string | undefined
  readonly fields?: readonly string[] | undefined
  readonly deleted?: 'only' | undefined
}

const pageSize = 100

/** The pages of a list, the first one with its total. */
export function recordsQuery(entity: string, list: ListQuery) {
  return infiniteQueryOptions({
    queryKey: ['records', entity, 'list', list],
    queryFn: async ({ pageParam, signal }) =>
      listRecords(entity, { ...list, after: pageParam, limit: pageSize }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
}

/** Reads one page. @throws ApiProblem */
export async function listRecords(
  entity: string,
  list: ListQuery & { readonly after?: string; readonly limit?: number },
  signal?: AbortSignal,
): Promise<RecordPage> {
  const query = new URLSearchParams()
  if (list.where) query.set('where', list.where)
  for (const [field, value] of Object.entries(list.equals ?? {})) query.set(field, value)
  if (list.search) query.set('search', list.search)
  if (list.sort) query.set('sort', list.sort)
  if (list.fields) query.set('fields', list.fields.join(','))
  if (list.deleted) query.set('deleted', list.deleted)
  if (list.limit) query.set('limit', String(list.limit))
  if (list.after) query.set('after', list.after)
  else query.set('total', 'capped')
  return parsePage((await request(`/api/records/${entity}?${query}`, signal ? { signal } : {})).body)
}

/** One record with its lines. */
export function recordQuery(entity: string, id: string) {
  return queryOptions({
    queryKey: ['records', entity, 'one', id],
    queryFn: async ({ signal }) => asObject((await request(`/api/records/${entity}/${id}`, { signal })).body),
  })
}

/** Records that point to this one, the newest of each kind, by the name of the relation. */
export function relatedQuery(
  { entity, id }: RecordKey,
  relations: readonly { readonly name: string; readonly entity: string; readonly fields: readonly string[] }[],
) {
  const include = relations.map(({ name, fields }) => `${name}(${fields.join(',')})`).join(',')
  return queryOptions({
    queryKey: [...recordQuery(entity, id).queryKey, 'related', include],
    queryFn: async ({ signal }): Promise<ReadonlyMap<string, readonly JsonObject[]>> => {
      const path = `/api/records/${entity}/${id}?fields=id&include=${encodeURIComponent(include)}`
      const related = asObject(asObject((await request(path, { signal })).body)._related)
      return new Map(
        relations.map(({ name }) => {
          const rows = related[name]
          return [name, Array.isArray(rows) ? rows.map(asObject) : []]
        }),
      )
    },
    structuralSharing: false,
    enabled: relations.length > 0,
    meta: { entities: relations.map((relation) => relation.entity) },
  })
}

/** Creates a record; the same key never creates a second one. @throws ApiProblem */
export async function createRecord(entity: string, values: JsonObject, idempotencyKey: string): Promise<JsonObject> {
  return asObject((await request(`/api/records/${entity}`, { method: 'POST', body: values, idempotencyKey })).body)
}

/** Changes a record that still has that version. @throws ApiProblem 412 when it has another */
export async function patchRecord(
  entity: string,
  { id, version }: { readonly id: string; readonly version: number },
  changes: JsonObject,
): Promise<JsonObject> {
  const path = `/api/records/${entity}/${id}`
  return asObject((await request(path, { method: 'PATCH', body: changes, ifMatch: `"${version}"` })).body)
}

/** Puts a record into the trash. @throws ApiProblem 412 when it changed meanwhile */
export async function deleteRecord(entity: string, record: { readonly id: string; readonly version: number }) {
  await request(`/api/records/${entity}/${record.id}`, { method: 'DELETE', ifMatch: `"${record.version}"` })
}

/** Takes a record out of the trash. @throws ApiProblem 409 when its place is taken */
export async function restoreRecord(entity: string, id: string): Promise<JsonObject> {
  return asObject((await request(`/api/records/${entity}/${id}/restore`, { method: 'POST' })).body)
}

/** Which record. */
export interface RecordKey {
  readonly entity: string
  readonly id: string
}

/** Whether a query shows something of the record, or lists records of its entity; `meta.entities` says of which else. */
export function isAbout(
  { entity, id }: RecordKey,
  queryKey: readonly unknown[],
  meta?: { entities?: unknown },
): boolean {
  const [topic, about, part, which] = queryKey
  if (topic !== 'records') return false
  if (about === entity && (part === 'list' || which === id)) return true
  return Array.isArray(meta?.entities) && meta.entities.includes(entity)
}

/** Shows a saved record everywhere; lists and its past are read again. */
export function rememberRecord(client: QueryClient, entity: string, record: JsonObject): void {
  const key = { entity, id: asText(record.id) ?? '' }
  const { queryKey } = recordQuery(entity, key.id)
  client.setQueryData(queryKey, record)
  void client.invalidateQueries({
    predicate: (query) => query.queryKey.length !== queryKey.length && isAbout(key, query.queryKey, query.meta),
  })
}

/** The key of a record's past, which goes with the record. */
export function timelineKey(entity: string, id: string) {
  return [...recordQuery(entity, id).queryKey, 'timeline'] as const
}

/** Id and version of a record as read. */
export function identityOf(record: JsonObject): { readonly id: string; readonly version: number } {
  return { id: asText(record.id) ?? '', version: Number(record.version) }
}

/** The label that came with a lookup's value. */
export function relatedLabel(record: JsonObject, field: string): string | undefined {
  const related = asObject(record._related)[field]
  return isObject(related) ? asText(related.label) : undefined
}

function parsePage(body: unknown): RecordPage {
  const { items, next, total, _meta } = asObject(body)
  const { denied, masked } = asObject(_meta)
  return {
    items: Array.isArray(items) ? items.map(asObject) : [],
    next: asText(next),
    total: typeof total === 'number' ? total : undefined,
    denied: asTexts(denied),
    masked: asTexts(masked),
  }
}
