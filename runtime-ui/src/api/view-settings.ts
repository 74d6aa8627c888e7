import { asObject, type JsonObject } from '@heddle/metadata'
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { request } from './request.ts'

/** What the person set for the lists of an entity: any JSON object, read by the list. */
export function viewSettingsQuery(entity: string) {
  return queryOptions({
    queryKey: ['view-settings', entity],
    queryFn: async ({ signal }) => asObject((await request(`/api/me/views/${entity}`, { signal })).body),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** Shows the settings at once and keeps them with the person. @throws ApiProblem */
export async function saveViewSettings(client: QueryClient, entity: string, settings: JsonObject): Promise<void> {
  client.setQueryData(viewSettingsQuery(entity).queryKey, settings)
  await request(`/api/me/views/${entity}`, { method: 'PUT', body: settings })
}
