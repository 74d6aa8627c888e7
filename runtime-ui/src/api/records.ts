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

/** Shows a saved record everywhere, lists included. */
export function rememberRecord(client: QueryClient, entity: string, record: JsonObject): void {
  client.setQueryData(recordQuery(entity, asText(record.id) ?? '').queryKey, record)
  void client.invalidateQueries({ queryKey: ['records', entity, 'list'] })
  void client.invalidateQueries({ queryKey: timelineKey(entity, asText(record.id) ?? '') })
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
