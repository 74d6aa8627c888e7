import { asObject } from '@heddle/metadata'
import { queryOptions } from '@tanstack/react-query'
import { request } from './request.ts'

/** Sums over all records that fulfil `where`, by field. */
export function sumsQuery(entity: string, where: string | undefined, fields: readonly string[]) {
  return queryOptions({
    queryKey: ['records', entity, 'list', 'sums', where ?? '', fields],
    queryFn: async ({ signal }): Promise<ReadonlyMap<string, number>> => {
      const measures = fields.map((field) => ({ sum: field }))
      const body = { measures, ...(where === undefined ? {} : { where }) }
      const answer = await request(`/api/records/${entity}/aggregate`, { method: 'POST', body, signal })
      const { items } = asObject(answer.body)
      const { sum } = asObject(Array.isArray(items) ? items[0] : undefined)
      return new Map(
        Object.entries(asObject(sum)).flatMap(([field, value]) => (typeof value === 'number' ? [[field, value]] : [])),
      )
    },
    enabled: fields.length > 0,
    retry: false,
  })
}
