import { asObject, asText } from '@heddle/metadata'
import { queryOptions } from '@tanstack/react-query'
import { request } from './request.ts'

/** A colleague or a department, as everyone may know them. */
export interface Named {
  readonly id: string
  readonly name: string
}

/** Everyone who can sign in, by id. */
export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: async ({ signal }) => parseNamed((await request('/api/users', { signal })).body),
  staleTime: 300_000,
})

/** All departments, by id. */
export const departmentsQuery = queryOptions({
  queryKey: ['departments'],
  queryFn: async ({ signal }) => parseNamed((await request('/api/departments', { signal })).body),
  staleTime: 300_000,
})

function parseNamed(body: unknown): ReadonlyMap<string, Named> {
  const { items } = asObject(body)
  const named = (Array.isArray(items) ? items.map(asObject) : []).map(({ id, name }) => ({
    id: asText(id) ?? '',
    name: asText(name) ?? '',
  }))
  return new Map(named.map((entry) => [entry.id, entry]))
}
