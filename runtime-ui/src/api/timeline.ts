import { asObject, asText, type Json, type JsonObject } from '@heddle/metadata'
import { infiniteQueryOptions, type QueryClient } from '@tanstack/react-query'
import type { Named } from './people.ts'
import { timelineKey } from './records.ts'
import { request } from './request.ts'

/** Something that happened to a record or one of its lines. */
export interface TimelineItem {
  /** ISO 8601 moment. */
  readonly at: string
  /** The same of all that one save did. */
  readonly transaction: string
  /** Who did it; the name is missing of those who are unknown by now, and of the system. */
  readonly by: { readonly id: string; readonly name: string | undefined } | undefined
  /** `created`, `updated`, `deleted`, `restored`, `commented`. */
  readonly kind: string
  readonly entity: string
  readonly record: string
  readonly changes: readonly FieldChange[]
  readonly comment: Comment | undefined
}

/** The old and the new value of a field. */
export interface FieldChange {
  readonly field: string
  readonly before: Json
  readonly after: Json
}

/** What somebody said about a record. */
export interface Comment {
  readonly id: string
  readonly text: string
  readonly mentions: readonly Named[]
}

/** The pages of what happened to a record, newest first. */
export function timelineQuery(entity: string, id: string) {
  return infiniteQueryOptions({
    queryKey: timelineKey(entity, id),
    queryFn: async ({ pageParam, signal }) => {
      const query = new URLSearchParams({ limit: '30', ...(pageParam === '' ? {} : { after: pageParam }) })
      return parseTimeline((await request(`/api/records/${entity}/${id}/timeline?${query}`, { signal })).body)
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
}

/** Reads the past of a record again. */
export function refreshTimeline(client: QueryClient, entity: string, id: string): Promise<void> {
  return client.invalidateQueries({ queryKey: timelineKey(entity, id) })
}

/** Says something about a record to those who may see it, and tells the mentioned. @throws ApiProblem */
export async function addComment(
  { entity, id }: { readonly entity: string; readonly id: string },
  text: string,
  mentions: readonly string[],
): Promise<void> {
  const body = { text, ...(mentions.length === 0 ? {} : { mentions: [...mentions] }) }
  await request(`/api/records/${entity}/${id}/comments`, { method: 'POST', body })
}

/** Reads a page of a timeline. */
export function parseTimeline(body: unknown): { readonly items: TimelineItem[]; readonly next: string | undefined } {
  const { items, next } = asObject(body)
  return { items: (Array.isArray(items) ? items.map(asObject) : []).map(parseItem), next: asText(next) }
}

function parseItem({ at, transaction, by, kind, entity, record, changes, comment }: JsonObject): TimelineItem {
  const author = asObject(by)
  const id = asText(author.id)
  return {
    at: asText(at) ?? '',
    transaction: asText(transaction) ?? '',
    by: id === undefined ? undefined : { id, name: asText(author.name) },
    kind: asText(kind) ?? '',
    entity: asText(entity) ?? '',
    record: asText(record) ?? '',
    changes: Object.entries(asObject(changes)).map(([field, values]) => {
      const [before = null, after = null] = Array.isArray(values) ? values : []
      return { field, before, after }
    }),
    comment: comment === undefined ? undefined : parseComment(asObject(comment)),
  }
}

function parseComment({ id, text, mentions }: JsonObject): Comment {
  return {
    id: asText(id) ?? '',
    text: asText(text) ?? '',
    mentions: (Array.isArray(mentions) ? mentions.map(asObject) : []).map((person) => ({
      id: asText(person.id) ?? '',
      name: asText(person.name) ?? '',
    })),
  }
}
