import type { Entities } from './generated/entities.ts'

/** A page of a list; `next` leads to the one after it. */
export interface Page<RecordType> {
  readonly items: readonly RecordType[]
  readonly next: string | null
}

/** What a client may send along with a list, as the HTTP contract says: `where`, `sort`, `limit`, `after`, … */
export type ListQuery = Readonly<Record<string, string>>

type Name = keyof Entities & string

/** A client of Heddle's HTTP API that knows the records of this installation. */
export function connect(url: string, key: string) {
  async function request<Answer>(method: string, path: string, body?: object, version?: number): Promise<Answer> {
    const response = await fetch(new URL(`/api/records/${path}`, url), {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const answer: unknown = await response.json()
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`)
    // The one place where the generated types are taken at their word.
    return answer as Answer
  }

  return {
    create: <Entity extends Name>(entity: Entity, values: Entities[Entity]['create']) =>
      request<Entities[Entity]['read']>('POST', entity, values),

    list: <Entity extends Name>(entity: Entity, query: ListQuery = {}) =>
      request<Page<Entities[Entity]['read']>>('GET', `${entity}?${new URLSearchParams(query)}`),

    /** Changes what it is given, unless somebody has changed the record since it was read. */
    patch: <Entity extends Name>(
      entity: Entity,
      record: { readonly id: string; readonly version: number },
      values: Entities[Entity]['patch'],
    ) => request<Entities[Entity]['read']>('PATCH', `${entity}/${record.id}`, values, record.version),
  }
}
