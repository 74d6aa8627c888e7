import type { Entity } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import { grantFor, type Verb } from '../access/grant.ts'
import type { Reader } from '../access/reader.ts'
import { rowsSql } from '../access/row-access.ts'
import { forbidden, outsideRights, unknownRecord } from '../errors.ts'
import { runRows } from '../storage/statement.ts'
import { columnSql, tableOf } from './projection.ts'
import { statementFor } from './statement-cache.ts'
import { surroundingValues } from './surroundings.ts'
import type { WriteContext } from './write-context.ts'

/**
 * Requires that the actor may use the verb on these records as they are.
 * @throws Fault 404 when they may not see one, 403 when they may not do this with it
 */
export async function requireRows(
  context: WriteContext,
  entity: Entity,
  ids: readonly string[],
  verb: Verb,
): Promise<void> {
  const { connection, reader, clock } = context
  const isReader = grantFor(reader.release, reader.actor, entity).verbs.has('read')
  const readable = isReader ? rowsSql(reader, entity, 'read', 't') : undefined
  const allowed = rowsSql(reader, entity, verb, 't')
  if (ids.length === 0 || (readable === undefined && allowed === undefined)) return
  const shape = `rights ${verb} ${entity.name} ${grantFor(reader.release, reader.actor, entity).key}`
  const statement = statementFor(
    reader.release,
    shape,
    () => sql`select (${readable ?? sql`true`}) is true as readable, (${allowed ?? sql`true`}) is true as allowed
      from ${tableOf(entity, 't')} where ${columnSql('t', 'id')} = any(${sql.placeholder('ids')}::uuid[])`,
  )
  const rows = await runRows<{ readable: boolean; allowed: boolean }>(connection, statement, {
    ...surroundingValues(reader, clock),
    ids,
  })
  if (rows.some((row) => !row.readable)) throw unknownRecord()
  if (rows.some((row) => !row.allowed)) throw forbidden()
}

/** True when a write can leave what the actor may write: rules look at values, and lines can move to other parents. */
export function mayLeaveRights(reader: Reader, entity: Entity, verb: 'create' | 'update'): boolean {
  return remaining(reader, entity, verb) !== undefined
}

function remaining(reader: Reader, entity: Entity, verb: 'create' | 'update'): SQL | undefined {
  return rowsSql(reader, entity, verb, 't', entity.master === undefined ? 'rules' : 'whole')
}

/**
 * Requires that the actor may use the verb on these records as they have become. Who owns them is not asked: that is
 * theirs to give away who may transfer them. Runs in the transaction of the write, which its fault undoes.
 * @throws Fault 403 when one is outside of it
 */
export async function requireWritten(
  context: WriteContext,
  entity: Entity,
  ids: readonly string[],
  verb: 'create' | 'update',
): Promise<void> {
  const { connection, reader, clock } = context
  const allowed = remaining(reader, entity, verb)
  if (ids.length === 0 || allowed === undefined) return
  const shape = `written ${verb} ${entity.name} ${grantFor(reader.release, reader.actor, entity).key}`
  const statement = statementFor(
    reader.release,
    shape,
    () => sql`select 1 from ${tableOf(entity, 't')} where ${columnSql('t', 'id')} = any(${sql.placeholder('ids')}::uuid[])
      and (${allowed}) is not true limit 1`,
  )
  const outside = await runRows(connection, statement, { ...surroundingValues(reader, clock), ids })
  if (outside.length > 0) throw outsideRights()
}

/** Of these records, those that the actor may read, in their order. */
export async function readableIds(
  { connection, reader }: Pick<WriteContext, 'connection' | 'reader'>,
  entity: Entity,
  ids: readonly string[],
): Promise<readonly string[]> {
  const grant = grantFor(reader.release, reader.actor, entity)
  if (!grant.verbs.has('read')) return []
  const readable = rowsSql(reader, entity, 'read', 't')
  if (readable === undefined || ids.length === 0) return ids
  const statement = statementFor(
    reader.release,
    `readable ids ${entity.name} ${grant.key}`,
    () => sql`select ${columnSql('t', 'id')} as id from ${tableOf(entity, 't')}
      where ${columnSql('t', 'id')} = any(${sql.placeholder('ids')}::uuid[]) and ${readable}`,
  )
  const rows = await runRows<{ id: string }>(connection, statement, { ...surroundingValues(reader), ids })
  const known = new Set(rows.map(({ id }) => id))
  return ids.filter((id) => known.has(id))
}
