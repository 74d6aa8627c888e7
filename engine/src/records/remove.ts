import type { Entity, Field } from '@heddle/metadata'
import { sql } from 'drizzle-orm'
import { findEntity } from '../access/entity-lookup.ts'
import { requireVerb } from '../access/grant.ts'
import { duplicateValue, Fault, recordNotDeleted, referencedRecord } from '../errors.ts'
import { runRows } from '../storage/statement.ts'
import { checkDuplicates } from './duplicates.ts'
import type { StoredRecord } from './get.ts'
import { columnSql, tableOf } from './projection.ts'
import {
  type ExpectedVersion,
  readCurrent,
  requirePresent,
  requireVersion,
  type StoredCurrent,
} from './read-current.ts'
import { withMeta } from './record-meta.ts'
import { statementFor } from './statement-cache.ts'
import { purgeRecord, trashRecord, updateRecord, type WriteContext } from './write-record.ts'
import { readBack, settleKept, type WriteServices, writeTogether } from './write-services.ts'

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
  const entity = findEntity(context.reader, entityName)
  requireVerb(release, actor, entity, 'delete')
  const current = await readCurrent(context, entity, id)
  requireVersion(current, expected)
  requirePresent(current)
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
    const entity = findEntity(context.reader, entityName)
    requireVerb(release, services.actor, entity, 'purge')
    const current = await readCurrent(context, entity, id)
    requireVersion(current, expected)
    if (current.isDeleted) await trashPointing(context, entity, current)
    else await trashTree(context, entity, current)
    // Nobody can tell afterwards whose parents the purged ones were.
    await settleKept(context)
    const { version } = await readCurrent(context, entity, id)
    await purgeRecord(context, entity, { id, version })
  })
}

/**
 * Brings a record back from the trash with the lines that went with it.
 * @throws Fault 403, 404, 409 when it is not in the trash or a unique value is taken meanwhile
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
  if (!current.isDeleted) throw recordNotDeleted()
  await checkDuplicates(context, entity, [{ values: current.values, self: id }])
  const children = await masterChildren(context, entity, id)
  await restoreOne(context, entity, current)
  for (const { child, rows } of children) for (const row of rows) await restoreOne(context, child, row)
  return withMeta(context.reader, entity, await readBack(context, entityName, id))
}

async function restoreOne(
  context: WriteContext,
  entity: Entity,
  current: Pick<StoredCurrent, 'id' | 'version'>,
): Promise<void> {
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

async function trashTree(context: WriteContext, entity: Entity, current: StoredCurrent): Promise<void> {
  await trashRecord(context, entity, current, 'deleted')
  await trashPointing(context, entity, current)
}

/** Does with the records that point to a deleted one what their lookups say. */
async function trashPointing(context: WriteContext, entity: Entity, current: StoredCurrent): Promise<void> {
  for (const { entity: from, field } of context.reader.release.referencesTo(entity.name)) {
    const ids = await pointingRecords(context, from, field, current.id)
    if (ids.length === 0) continue
    const rule = field.settings.master === true ? 'cascade' : (field.settings.onDelete ?? 'restrict')
    if (rule === 'restrict') throw referencedRecord(from.name, field.name)
    for (const id of ids) {
      const pointing = await readCurrent(context, from, id)
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

/** Lines that went to the trash in the same moment as their parent. */
async function masterChildren(
  { connection, reader }: WriteContext,
  entity: Entity,
  id: string,
): Promise<{ child: Entity; rows: { id: string; version: number }[] }[]> {
  const references = reader.release.referencesTo(entity.name).filter(({ field }) => field.settings.master === true)
  const children: { child: Entity; rows: { id: string; version: number }[] }[] = []
  for (const { entity: child, field } of references) {
    const rows = await connection<{ id: string; version: number }[]>`
      select c.id, c.version from app.${connection(child.table)} c
      join app.${connection(entity.table)} p on p.id = c.${connection(field.column)} and p.deleted_at = c.deleted_at
      where p.id = ${id} order by c.id`
    children.push({ child, rows: [...rows] })
  }
  return children
}
