import type { Entity, JsonObject } from '@heddle/metadata'
import { newValues, valuesOf } from '../fields/record-values.ts'
import { type Draft, draftSides, resumeDraft } from './drafts.ts'
import { type Merged, mergeVersions } from './merge-versions.ts'

/** What a form works on. */
export interface Work {
  /** The record the values were made from; none for a new one. */
  readonly record: JsonObject | undefined
  readonly base: JsonObject
  /** What people gave; what follows from it is worked out. */
  readonly values: JsonObject
}

/** Both sides of a conflict, and the record they are about. */
export interface Conflict {
  readonly merged: Merged
  readonly mine: JsonObject
  readonly record: JsonObject
}

/** Work that nobody has begun, on a record or on a new one that starts with `initial`. */
export function workOn(entity: Entity, record: JsonObject | undefined, initial?: JsonObject): Work {
  const values = record === undefined ? newValues(entity, initial) : valuesOf(entity, record)
  return { record, base: values, values }
}

/**
 * Work that was kept on this device, put on top of the work that nobody has begun. Where others changed the same field
 * of a record since, it stays on the version it was made from, so that it can be asked about like any other conflict.
 */
export function resumedWork(
  entity: Entity,
  work: Work,
  draft: Draft,
): { readonly work: Work; readonly isAsked: boolean } {
  const { values, conflicts } = resumeDraft(entity, work.base, draft)
  if (conflicts.length === 0 || work.record === undefined) return { work: { ...work, values }, isAsked: false }
  const { base, mine } = draftSides(entity, work.base, draft)
  const { _related, ...fields } = base
  const version = draft.version ?? 0
  const record = { ...work.record, ...fields, version }
  return { work: { record, base, values: mine }, isAsked: Number(work.record.version) > version }
}

/** A later version of the record than the one the work was made from, put together with what was done here. */
export function newerVersion(
  record: JsonObject | undefined,
  entity: Entity,
  { work, mine }: { readonly work: Work; readonly mine: JsonObject },
): Conflict | undefined {
  if (record === undefined || Number(record.version) <= Number(work.record?.version)) return undefined
  return { merged: mergeVersions(entity, work.base, { mine, theirs: valuesOf(entity, record) }), mine, record }
}

/** The work on the later version, with what was put together. */
export function mergedWork(entity: Entity, { merged, record }: Conflict): Work {
  return { record, base: valuesOf(entity, record), values: merged.values }
}
