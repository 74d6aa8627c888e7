import { asObject, type Entity, type JsonObject, type Release } from '@heddle/metadata'
import { ApiProblem, type FieldProblem } from '../api/problem.ts'
import { createRecord, identityOf, patchRecord } from '../api/records.ts'
import { request } from '../api/request.ts'
import { valuesOf } from '../fields/record-values.ts'
import { changesOf, creationOf } from './changes.ts'
import { creationKey } from './creation-key.ts'
import { atFormPaths } from './faults.ts'
import { type Merged, mergeVersions } from './merge-versions.ts'

/** How a save ended. */
export type Saved =
  | { readonly kind: 'saved'; readonly record: JsonObject }
  | { readonly kind: 'refused'; readonly faults: readonly FieldProblem[] }
  | { readonly kind: 'conflict'; readonly merged: Merged; readonly record: JsonObject }
  | { readonly kind: 'failed'; readonly problem: ApiProblem }

/** What is saved: the values of a form, made from `record` when it is not new. */
export interface Saving {
  readonly release: Release
  readonly entity: Entity
  /** The record the values were made from; none for a new one. */
  readonly record: JsonObject | undefined
  readonly base: JsonObject
  readonly values: JsonObject
  /** Of the form; each body that it creates has a key of its own made from it. */
  readonly idempotencyKey: string
}

/** Saves once; where others changed other fields meanwhile, theirs are kept and the save goes on. */
export async function saveRecord(saving: Saving): Promise<Saved> {
  try {
    return { kind: 'saved', record: await send(saving) }
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error
    if (error.status === 412) return settleStale(saving)
    const { entity, values } = saving
    const faults = atFormPaths(error.errors, entity, values)
    return faults.length > 0 ? { kind: 'refused', faults } : { kind: 'failed', problem: error }
  }
}

async function send({ release, entity, record, base, values, idempotencyKey }: Saving): Promise<JsonObject> {
  if (record !== undefined)
    return patchRecord(entity.name, identityOf(record), changesOf(release, entity, base, values))
  const body = creationOf(release, entity, values)
  return createRecord(entity.name, body, creationKey(idempotencyKey, body))
}

/** Reads the record again and puts both sides together. */
async function settleStale(saving: Saving): Promise<Saved> {
  const { entity, base, values } = saving
  try {
    const record = await readAgain(saving)
    const theirs = valuesOf(entity, record)
    const merged = mergeVersions(entity, base, { mine: values, theirs })
    if (merged.conflicts.length > 0) return { kind: 'conflict', merged, record }
    return saveRecord({ ...saving, record, base: theirs, values: merged.values })
  } catch (error) {
    if (error instanceof ApiProblem) return { kind: 'failed', problem: error }
    throw error
  }
}

async function readAgain({ entity, record }: Saving): Promise<JsonObject> {
  const { body } = await request(`/api/records/${entity.name}/${identityOf(record ?? {}).id}`)
  return asObject(body)
}
