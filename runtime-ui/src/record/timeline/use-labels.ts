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
  return useQueries({
    queries: labelRequests(release, changes).map((asked) => ({
      queryKey: ['records', asked.target, 'list', 'labels', asked.ids],
      queryFn: ({ signal }: { signal: AbortSignal }) => readLabels(release, asked, signal),
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

interface LabelRequest {
  readonly target: string
  readonly ids: readonly string[]
  readonly where: string
}

/** A condition has at most 2,000 characters, of which an id takes 40. */
const most = 40

/** What to ask for to name all records that lookups led to. */
export function labelRequests(release: Release, changes: readonly EntityChanges[]): LabelRequest[] {
  return [...referredRecords(release, changes)].flatMap(([target, all]) =>
    Array.from({ length: Math.ceil(all.length / most) }, (_, position) => {
      const ids = all.slice(position * most, (position + 1) * most)
      return { target, ids, where: `id in [${ids.map((id) => JSON.stringify(id)).join(', ')}]` }
    }),
  )
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
  { target, where }: LabelRequest,
  signal: AbortSignal,
): Promise<[string, string][]> {
  const entity = release.entity(target)
  if (entity === undefined) return []
  const fields = entity.label === undefined ? undefined : [entity.label]
  const { items } = await listRecords(target, { where, fields, limit: most }, signal)
  return items.map((record) => [asText(record.id) ?? '', labelOf(entity, record)])
}
