import type { Entity, Field } from '@heddle/metadata'
import { sql } from 'drizzle-orm'
import { findEntity } from '../access/entity-lookup.ts'
import { requireVerb } from '../access/grant.ts'
import { referencedRecord } from '../errors.ts'
import { runRows } from '../storage/statement.ts'
import { columnSql, tableOf } from './projection.ts'
import { raiseParents } from './raise-parents.ts'
import {
  type ExpectedVersion,
  readCurrent,
  requirePresent,
  requireVersion,
  type StoredCurrent,
} from './read-current.ts'
import { statementFor } from './statement-cache.ts'
import { purgeRecord, trashRecord, updateRecord, type WriteContext } from './write-record.ts'
import { settleKept, type WriteServices, writeTogether } from './write-services.ts'

/**
 * Moves a record to the trash. Records that point to it are left, cleared or go along, as their lookup says.
 * @throws Fault 403, 404, 409 when a restricting lookup points to it, 412
 */
export function deleteRecord(
  services: WriteServices,
  entityName: string,
  id: string,
  expected: ExpectedVersion,
): Promise<void> {
  return writeTogether(services, (context) => deleteIn(context, entityName, id, expected))
}

/** {@link deleteRecord} in the caller's transaction. */
export async function deleteIn(
  context: WriteContext,
  entityName: string,
  id: string,
  expected: ExpectedVersion,
): Promise<void> {
  const { release, actor } = context.reader
  const entity = findEntity(release, entityName)
  requireVerb(release, actor, entity, 'delete')
  const current = await readCurrent(context, entity, id)
  requireVersion(current, expected)
  requirePresent(current)
  await raiseParents(context, entity, [current.values])
  await trashTree(context, entity, current)
}

/** Removes a record from the trash, or at once, for good. @throws Fault 403, 404, 409, 412 */
export function purgeForGood(
  services: WriteServices,
  entityName: string,
  id: string,
  expected: ExpectedVersion,
): Promise<void> {
  return writeTogether(services, async (context, release) => {
    const entity = findEntity(release, entityName)
    requireVerb(release, services.actor, entity, 'purge')
    const current = await readCurrent(context, entity, id)
    requireVersion(current, expected)
    if (!current.isDeleted) {
      await raiseParents(context, entity, [current.values])
      await trashTree(context, entity, current)
    } else await trashPointing(context, entity, current)
    // Nobody can tell afterwards whose parents the purged ones were.
    await settleKept(context)
    const { version } = await readCurrent(context, entity, id)
    await purgeRecord(context, entity, { id, version })
  })
}

/** What happens to a record when the one goes that this lookup of it leads to. */
export function deleteRule({ settings }: Field): unknown {
  return settings.master === true ? 'cascade' : (settings.onDelete ?? 'restrict')
}

async function trashTree(context: WriteContext, entity: Entity, current: StoredCurrent): Promise<void> {
  await trashRecord(context, entity, current, 'deleted')
  await trashPointing(context, entity, current)
}

/** Does with the records that point to a deleted one what their lookups say. */
async function trashPointing(context: WriteContext, entity: Entity, current: StoredCurrent): Promise<void> {
  for (const { entity: from, field } of context.reader.release.referencesTo(entity.name)) {
    const ids = await pointingRecords(context, from, field, current.id)
    if (ids.length === 0) continue
    const rule = deleteRule(field)
    if (rule === 'restrict') throw referencedRecord(from.name, field.name)
    for (const id of ids) {
      const pointing = await readCurrent(context, from, id)
      // It has gone already by another way.
      if (pointing.isDeleted) continue
      if (rule === 'cascade') await trashTree(context, from, pointing)
      else await updateRecord(context, from, pointing, { [field.name]: null })
    }
  }
}

async function pointingRecords(
  { connection, reader }: WriteContext,
  from: Entity,
  field: Field,
  id: string,
): Promise<string[]> {
  const statement = statementFor(
    reader.release,
    `pointing ${from.name} ${field.name}`,
    () => sql`select t.id from ${tableOf(from, 't')}
      where ${columnSql('t', field.column)} = ${sql.placeholder('id')} and t.deleted_at is null order by t.id`,
  )
  const rows = await runRows<{ id: string }>(connection, statement, { id })
  return rows.map((row) => row.id)
}
