import type { Entity, Field } from '@heddle/metadata'
import { findEntity } from '../access/entity-lookup.ts'
import { requireVerb } from '../access/grant.ts'
import { toldTo } from '../access/language.ts'
import { duplicateValue, Fault, faultAlong, recordNotDeleted } from '../errors.ts'
import { columnOf } from '../field-types/index.ts'
import { checkDuplicates } from './duplicates.ts'
import type { StoredRecord } from './get.ts'
import { raiseParents } from './raise-parents.ts'
import { readCurrent, type StoredCurrent } from './read-current.ts'
import { withMeta } from './record-meta.ts'
import { findNowhere } from './references.ts'
import { deleteRule } from './remove.ts'
import { requireRows } from './require-rows.ts'
import type { WriteContext } from './write-context.ts'
import { trashRecord } from './write-record.ts'
import { readBack, type WriteServices, writeTogether } from './write-services.ts'

/**
 * Brings a record back from the trash with all that went along with it: lines, and what cascading lookups took.
 * @throws Fault 403, 404, 409 when it is not in the trash or a unique value is taken meanwhile, 422 when a lookup leads to
 * the trash
 */
export function restoreRecord(services: WriteServices, entityName: string, id: string): Promise<StoredRecord> {
  return writeTogether(services, (context) => restoreIn(context, entityName, id))
}

/** {@link restoreRecord} in the caller's transaction. */
export async function restoreIn(context: WriteContext, entityName: string, id: string): Promise<StoredRecord> {
  const { release, actor } = context.reader
  const entity = findEntity(context.reader, entityName)
  requireVerb(release, actor, entity, 'delete')
  const current = await readCurrent(context, entity, id)
  await requireRows(context, entity, [id], 'delete')
  if (!current.isDeleted) throw recordNotDeleted()
  await raiseParents(context, entity, [current.values])
  const tree = await readFallen(context, { entity, current }, new Set())
  // Together, as they went: they may lead to each other, and were no duplicates of each other that anybody minded.
  for (const step of [refuseDuplicates, restoreOne, requireLookups]) {
    for (const [index, fallen] of tree.entries()) await named(context, fallen, index > 0, step)
  }
  return withMeta(context.reader, entity, await readBack(context, entity, id))
}

/** A record in the trash. */
interface Fallen {
  readonly entity: Entity
  readonly current: StoredCurrent
}

/** The record and what went to the trash with it, each before those that it took along. */
async function readFallen(context: WriteContext, top: Fallen, known: Set<string>): Promise<Fallen[]> {
  known.add(top.current.id)
  const tree = [top]
  for (const { entity, field } of context.reader.release.referencesTo(top.entity.name)) {
    if (deleteRule(field) !== 'cascade') continue
    for (const id of await fallenPointing(context, top, { entity, field })) {
      if (known.has(id)) continue
      tree.push(...(await readFallen(context, { entity, current: await readCurrent(context, entity, id) }, known)))
    }
  }
  return tree
}

/** Ids of the records that point to it and went to the trash in the same moment. */
async function fallenPointing(
  { connection }: WriteContext,
  { entity, current }: Fallen,
  { entity: from, field }: { readonly entity: Entity; readonly field: Field },
): Promise<string[]> {
  const rows = await connection<{ id: string }[]>`
    select c.id from app.${connection(from.table)} c
    join app.${connection(entity.table)} p on p.id = c.${connection(field.column)} and p.deleted_at = c.deleted_at
    where p.id = ${current.id} order by c.id`
  return rows.map(({ id }) => id)
}

type Step = (context: WriteContext, fallen: Fallen) => Promise<void>

/** Paths of a record that comes along are none of the one that is restored. */
async function named(context: WriteContext, fallen: Fallen, isAlong: boolean, step: Step): Promise<void> {
  try {
    await step(context, fallen)
  } catch (error) {
    throw isAlong && error instanceof Fault ? faultAlong(error, toldTo(context.reader, fallen.entity)) : error
  }
}

async function refuseDuplicates(context: WriteContext, { entity, current }: Fallen): Promise<void> {
  await checkDuplicates(context, entity, [{ values: current.values, self: current.id }])
}

async function restoreOne(context: WriteContext, { entity, current }: Fallen): Promise<void> {
  try {
    await trashRecord(context, entity, current, 'restored')
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'record.duplicate') throw error
    throw duplicateValue(
      error.errors.map((each) => ({
        ...each,
        message: `${each.message} Change the other record, or this one after purging, and restore again.`,
      })),
      error.data,
    )
  }
}

/** A foreign key knows nothing of the trash, and what the lookup led to may have gone there after the record. */
async function requireLookups(context: WriteContext, { entity, current }: Fallen): Promise<void> {
  const lookups = [...entity.fields.values()].filter((field) => columnOf(field)?.directory === undefined)
  const { owner_id: _owner, ...values } = current.values
  const nowhere = await findNowhere(context, entity, lookups, values)
  if (nowhere !== undefined) throw nowhere
}
