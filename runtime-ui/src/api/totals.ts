import { asObject, type Json, type JsonObject } from '@heddle/metadata'
import { queryOptions } from '@tanstack/react-query'
import type { ListQuery } from './records.ts'
import { request } from './request.ts'

/** How many records there are, and the sums of their fields by name. */
export interface Totals {
  readonly count: number
  readonly sums: ReadonlyMap<string, number>
}

/** Which records are added up. */
type Added = Pick<ListQuery, 'where' | 'search' | 'deleted'>

/** Sums over all records of a list. */
export function sumsQuery(entity: string, list: Added, fields: readonly string[]) {
  return queryOptions({
    queryKey: ['records', entity, 'list', 'sums', added(list), fields],
    queryFn: async ({ signal }): Promise<Totals['sums']> => {
      const [item] = await aggregate(entity, { ...added(list), measures: fields.map((sum) => ({ sum })) }, signal)
      return readTotals(item ?? {}).sums
    },
    enabled: fields.length > 0,
    retry: false,
  })
}

/** Count and sums of the records of a list that share a value of the field, by {@link groupKey} of that value. */
export function groupsQuery(
  entity: string,
  list: Added,
  { group, fields }: { readonly group: string | undefined; readonly fields: readonly string[] },
) {
  return queryOptions({
    queryKey: ['records', entity, 'list', 'groups', added(list), group, fields],
    queryFn: async ({ signal }): Promise<ReadonlyMap<string, Totals>> => {
      const measures = [{ count: true }, ...fields.map((sum) => ({ sum }))]
      const items = await aggregate(entity, { ...added(list), measures, groupBy: [group ?? ''] }, signal)
      return new Map(items.map((item) => [groupKey(asObject(item.group)[group ?? '']), readTotals(item)]))
    },
    enabled: group !== undefined,
    retry: false,
  })
}

/** A value as a key. */
export function groupKey(value: Json | undefined): string {
  return JSON.stringify(value ?? null)
}

function added({ where, search, deleted }: Added): JsonObject {
  return {
    ...(where === undefined ? {} : { where }),
    ...(search === undefined ? {} : { search }),
    ...(deleted === undefined ? {} : { deleted }),
  }
}

async function aggregate(entity: string, body: JsonObject, signal: AbortSignal): Promise<JsonObject[]> {
  const answer = await request(`/api/records/${entity}/aggregate`, { method: 'POST', body, signal })
  const { items } = asObject(answer.body)
  return Array.isArray(items) ? items.map(asObject) : []
}

function readTotals({ count, sum }: JsonObject): Totals {
  const sums = Object.entries(asObject(sum)).flatMap(([field, value]): [string, number][] =>
    typeof value === 'number' ? [[field, value]] : [],
  )
  return { count: Number(count ?? 0), sums: new Map(sums) }
}
