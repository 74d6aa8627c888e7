import { asObject, asText, type JsonObject, type Release, referencedEntities } from '@heddle/metadata'
import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { listRecords } from '../../api/records.ts'
import type { FieldChange } from '../../api/timeline.ts'
import { labelOf } from '../RecordSummary.tsx'

/** Changes of the fields of an entity. */
export interface EntityChanges {
  readonly entity: string
  readonly changes: readonly FieldChange[]
}

/** What records are called that were put into fields or taken out, by id; those one may not see are missing. */
export function useLabels(release: Release, changes: readonly EntityChanges[]): ReadonlyMap<string, string> {
  const wanted = referredRecords(release, changes)
  return useQueries({
    queries: [...wanted].map(([target, ids]) => ({
      queryKey: ['records', target, 'list', 'labels', ids],
      queryFn: ({ signal }: { signal: AbortSignal }) => readLabels(release, { target, ids }, signal),
      placeholderData: keepPreviousData,
    })),
    combine: gather,
  })
}

function gather(results: readonly { readonly data: [string, string][] | undefined }[]): ReadonlyMap<string, string> {
  return new Map(results.flatMap(({ data }) => data ?? []))
}

/** The labels as `_related` would say them next to that value. */
export function relatedOf(labels: ReadonlyMap<string, string>, { field }: FieldChange, value: unknown): JsonObject {
  const id = asText(value) ?? asText(asObject(value).id) ?? ''
  const label = labels.get(id)
  return label === undefined ? {} : { [field]: { id, label } }
}

/** Ids of the records that lookups led to, by their entity. */
function referredRecords(release: Release, all: readonly EntityChanges[]): Map<string, string[]> {
  const wanted = new Map<string, string[]>()
  for (const { entity, changes } of all) {
    for (const { field: name, before, after } of changes) {
      const field = release.entity(entity)?.fields.get(name)
      const [target] = field === undefined ? [] : referencedEntities(field)
      if (target === undefined) continue
      const ids = [before, after].flatMap((value) => asText(value) ?? [])
      wanted.set(target, [...new Set([...(wanted.get(target) ?? []), ...ids])].toSorted())
    }
  }
  return wanted
}

async function readLabels(
  release: Release,
  { target, ids }: { readonly target: string; readonly ids: readonly string[] },
  signal: AbortSignal,
): Promise<[string, string][]> {
  const entity = release.entity(target)
  if (entity === undefined || ids.length === 0) return []
  const where = `id in [${ids.map((id) => JSON.stringify(id)).join(', ')}]`
  const fields = entity.label === undefined ? undefined : [entity.label]
  const { items } = await listRecords(target, { where, fields, limit: most }, signal)
  return items.map((record) => [asText(record.id) ?? '', labelOf(entity, record)])
}

/** More records than one page has are not named. */
const most = 200
