import type { Entity, Field } from '@heddle/metadata'
import { sql } from 'drizzle-orm'
import { findEntity } from '../access/entity-lookup.ts'
import { requireVerb } from '../access/grant.ts'
import { runRows } from '../storage/statement.ts'
import { pointedAt } from './database-faults.ts'
import { columnSql, tableOf } from './projection.ts'
import { raiseParents } from './raise-parents.ts'
import {
  type ExpectedVersion,
  readCurrent,
  requirePresent,
  requireVersion,
  type StoredCurrent,
} from './read-current.ts'
import { requireRows } from './require-rows.ts'
import { statementFor } from './statement-cache.ts'
import { purgeRecord, type RecordsOf, trashRecord, updateRecord, type WriteContext } from './write-record.ts'
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
  const entity = findEntity(context.reader, entityName)
  requireVerb(release, actor, entity, 'delete')
  const current = await readCurrent(context, entity, id)
  await requireRows(context, entity, [id], 'delete')
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
    const entity = findEntity(context.reader, entityName)
    requireVerb(release, services.actor, entity, 'purge')
    const current = await readCurrent(context, entity, id)
    await requireRows(context, entity, [id], 'purge')
    requireVersion(current, expected)
    if (!current.isDeleted) {
      await raiseParents(context, entity, [current.values])
      await trashTree(context, entity, current)
    } else await trashPointing(context, entity, current)
    // Nobody can tell afterwards whose parents the purged ones were.
    await settleKept(context)
    const { version } = await readCurrent(context, entity, id)
    await purgeRecord(context, entity, { id, version }, await goneAlong(context, entity, id))
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
    const ids = await pointingRecords(context, from, field, [current.id])
    if (ids.length === 0) continue
    const rule = deleteRule(field)
    if (rule === 'restrict') throw pointedAt(context.reader, from, field)
    for (const id of ids) {
      const pointing = await readCurrent(context, from, id)
      // It has gone already by another way.
      if (pointing.isDeleted) continue
      if (rule === 'cascade') await trashTree(context, from, pointing)
      else await updateRecord(context, from, pointing, { [field.name]: null })
    }
  }
}

/** What the database removes along with a record: all that cascading lookups lead from it, through whatever records. */
async function goneAlong(context: WriteContext, entity: Entity, id: string): Promise<RecordsOf[]> {
  const seen = new Map([[entity, new Set([id])]])
  const along: RecordsOf[] = []
  const ways: RecordsOf[] = [{ entity, ids: [id] }]
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    for (const { entity: from, field } of context.reader.release.referencesTo(way.entity.name)) {
      if (deleteRule(field) !== 'cascade') continue
      const known = seen.get(from) ?? new Set()
      const ids = (await pointingRecords(context, from, field, way.ids, 'trash too')).filter((each) => !known.has(each))
      if (ids.length === 0) continue
      seen.set(from, new Set([...known, ...ids]))
      along.push({ entity: from, ids })
      ways.push({ entity: from, ids })
    }
  }
  return along
}

async function pointingRecords(
  { connection, reader }: WriteContext,
  from: Entity,
  field: Field,
  to: readonly string[],
  where: 'present' | 'trash too' = 'present',
): Promise<string[]> {
  const present = where === 'present' ? sql` and t.deleted_at is null` : sql``
  const statement = statementFor(
    reader.release,
    `pointing ${from.name} ${field.name} ${where}`,
    () => sql`select t.id from ${tableOf(from, 't')}
      where ${columnSql('t', field.column)} = any(${sql.placeholder('to')}::uuid[])${present} order by t.id`,
  )
  const rows = await runRows<{ id: string }>(connection, statement, { to })
  return rows.map((row) => row.id)
}
