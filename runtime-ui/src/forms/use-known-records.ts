import type { JsonObject } from '@heddle/metadata'
import { type QueryClient, useQueries, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type RecordKey, recordQuery } from '../api/records.ts'
import type { KnownRecord } from './related-records.ts'

/** How many lookups a path may lead through, one read after the other. */
const longestPath = 6

/**
 * The records that are wanted, read once and kept. `known` is a new function whenever another of them is there, and
 * `readAll` waits for those that are not; what may not be read stays unknown.
 */
export function useKnownRecords(wantedFrom: (known: KnownRecord) => readonly RecordKey[]): {
  readonly known: KnownRecord
  readonly isComplete: boolean
  readonly readAll: (wantedFrom: (known: KnownRecord) => readonly RecordKey[]) => Promise<KnownRecord>
} {
  const client = useQueryClient()
  const wanted = wantedFrom(cachedRecord(client))
  const { records, isComplete } = useQueries({
    queries: wanted.map(({ entity, id }) => recordQuery(entity, id)),
    combine: gather,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the cache has other answers when the records differ
  const known = useMemo((): KnownRecord => cachedRecord(client), [client, records])
  return { known, isComplete, readAll: (from) => readAll(client, from) }
}

function gather(results: readonly { readonly data: JsonObject | undefined; readonly isPending: boolean }[]) {
  return {
    records: results.map(({ data }) => data),
    isComplete: results.every(({ isPending }) => !isPending),
  }
}

function cachedRecord(client: QueryClient): KnownRecord {
  return ({ entity, id }) => client.getQueryData(recordQuery(entity, id).queryKey)
}

async function readAll(
  client: QueryClient,
  wantedFrom: (known: KnownRecord) => readonly RecordKey[],
): Promise<KnownRecord> {
  const known = cachedRecord(client)
  for (let step = 0; step < longestPath; step += 1) {
    const missing = wantedFrom(known).filter((key) => known(key) === undefined)
    if (missing.length === 0) break
    await Promise.allSettled(missing.map(({ entity, id }) => client.ensureQueryData(recordQuery(entity, id))))
  }
  return known
}
