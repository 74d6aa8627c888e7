import { createHash } from 'node:crypto'
import { type Entity, type Field, isStored, type JsonObject } from '@heddle/metadata'
import { toldTo } from '../access/language.ts'
import { duplicateRecord, type Fault } from '../errors.ts'
import { hasColumn } from '../field-types/index.ts'
import { changedNames } from './changed-names.ts'
import { findMatches, matchKey, type Wanted } from './find-matches.ts'
import { readableIds } from './require-rows.ts'
import type { CurrentRecord, WriteContext } from './write-record.ts'

/** Records that another one duplicates, by the rule that says so; only ids that the writer may see. */
export interface Duplicates {
  readonly rule: string
  readonly ids: readonly string[]
  /** Where the line stands that duplicates them; undefined for the record itself. */
  readonly path?: string
}

/** A rule against duplicates of an entity. */
export type DuplicateRule = Entity['duplicates'][number]

/** True when a write of the entity must hold off others that might make the same record at the same time. */
export function blocksDuplicates(entity: Entity): boolean {
  return entity.duplicates.some(({ action }) => action === 'block')
}

/** The rules that match by a field which the change touches. */
export function touchedRules(entity: Entity, current: CurrentRecord, patch: JsonObject): DuplicateRule[] {
  const changed = changedNames(current.values, patch)
  return entity.duplicates.filter(({ match }) => match.some((name) => changed.includes(name)))
}

/**
 * The records that each of these duplicates by a rule that only warns. Runs in the caller's transaction when a rule
 * blocks.
 * @throws Fault 409 when one duplicates a record by a rule that blocks
 */
export async function checkDuplicates(
  context: WriteContext,
  entity: Entity,
  records: readonly Wanted[],
  rules: readonly DuplicateRule[] = entity.duplicates,
): Promise<Duplicates[][]> {
  const warnings: Duplicates[][] = records.map(() => [])
  for (const rule of rules) {
    await holdOff(context, entity, rule, records)
    const found = await findDuplicates(context, entity, rule, records)
    for (const [index, ids] of found.entries()) {
      if (ids.length === 0) continue
      if (rule.action === 'block') throw await duplicateFault(context, entity, rule, ids)
      warnings[index]?.push({ rule: rule.id, ids: await readableIds(context, entity, ids) })
    }
  }
  return warnings
}

/** The ids of the records that each of these duplicates by one rule, whoever may see them. */
export async function findDuplicates(
  context: WriteContext,
  entity: Entity,
  rule: DuplicateRule,
  records: readonly Wanted[],
): Promise<string[][]> {
  const fields = fieldsOf(entity, rule)
  if (fields.length < rule.match.length) return []
  return findMatches(context, entity, { fields, comparison: 'loose' }, records)
}

/** The fault of a record that duplicates these by a rule that blocks. */
export async function duplicateFault(
  context: WriteContext,
  entity: Entity,
  rule: DuplicateRule,
  ids: readonly string[],
): Promise<Fault> {
  const told = toldTo(context.reader, entity)
  const fields = fieldsOf(told, rule)
  return duplicateRecord(told, { rule: rule.id, fields, ids: await readableIds(context, entity, ids) })
}

/** True when two of the records are duplicates of each other. */
export function holdsDuplicates(entity: Entity, records: readonly JsonObject[]): boolean {
  return entity.duplicates.some((rule) => {
    const fields = fieldsOf(entity, rule)
    const keys = records
      .filter((values) => fields.every((field) => (values[field.name] ?? null) !== null))
      .map((values) => matchKey(fields, 'loose', values))
    return new Set(keys).size < keys.length
  })
}

function fieldsOf(entity: Entity, { match }: DuplicateRule): Field[] {
  const fields = match.flatMap((name) => entity.fields.get(name) ?? [])
  return fields.filter((field) => hasColumn(field) && !isStored(field))
}

/** A transaction holds this many locks at most for a rule, however many records it writes. */
const bucketCount = 64

/** Where the rule blocks, makes whoever writes a record with the same values wait for the end of this transaction. */
export async function holdOff(
  { connection }: WriteContext,
  entity: Entity,
  rule: DuplicateRule,
  records: readonly Wanted[],
): Promise<void> {
  if (rule.action !== 'block') return
  const fields = fieldsOf(entity, rule)
  const buckets = records.map(({ values }) => {
    const hash = createHash('sha1')
      .update(matchKey(fields, 'loose', values))
      .digest()
    return `duplicates ${entity.id} ${rule.id} ${(hash[0] ?? 0) % bucketCount}`
  })
  const sorted = [...new Set(buckets)].sort()
  await connection`select pg_advisory_xact_lock(hashtextextended(bucket, 0)) from unnest(${sorted}::text[]) bucket`
}
