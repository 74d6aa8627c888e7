import {
  type Entity,
  type Field,
  type JsonObject,
  type KeyedMemory,
  linesFields,
  type Release,
  rememberBy,
} from '@heddle/metadata'
import { sql } from 'drizzle-orm'
import { runRows } from '../storage/statement.ts'
import { isUuid } from '../storage/uuid.ts'
import { holdAround } from './kept/hold-around.ts'
import { tableOf } from './projection.ts'
import { statementFor } from './statement-cache.ts'
import type { WriteContext } from './write-context.ts'

/** An entity whose records hold others as lines, and the lookup of those that leads to it. */
interface LineParent {
  readonly parent: Entity
  readonly by: Field
}

const memory: KeyedMemory<readonly LineParent[]> = new WeakMap()

/** True when records of the entity are lines of others. */
export function standsInLines(release: Release, entity: Entity): boolean {
  return lineParents(release, entity).length > 0
}

/**
 * Before records are written by themselves, raises the version of those whose lines they are, or will be, each once in a
 * transaction: lines belong to their parent's version. The parents come first, as when they write their lines.
 */
export async function raiseParents(
  context: WriteContext,
  entity: Entity,
  records: readonly JsonObject[],
): Promise<void> {
  const { raised } = context
  for (const { parent, by } of lineParents(context.reader.release, entity)) {
    const found = records.map((values) => values[by.name])
    const ids = [...new Set(found)].filter((id): id is string => typeof id === 'string' && isUuid(id))
    const wanted = ids.filter((id) => !raised.has(id))
    if (wanted.length === 0) continue
    await raise(context, parent, wanted)
    for (const id of wanted) raised.add(id)
  }
}

function lineParents(release: Release, entity: Entity): readonly LineParent[] {
  return rememberBy(memory, release, entity.name, () => findParents(release, entity))
}

function findParents(release: Release, entity: Entity): LineParent[] {
  return [...entity.fields.values()].flatMap((by) => {
    const parent = release.entity(String(by.settings.entity))
    const holds = ({ settings }: Field) => settings.entity === entity.name && settings.by === by.name
    return parent !== undefined && linesFields(parent).some(holds) ? [{ parent, by }] : []
  })
}

/** As a change of nothing but lines does; whatever version the parents have. */
async function raise(context: WriteContext, parent: Entity, ids: readonly string[]): Promise<void> {
  const { connection, reader, cause, changes } = context
  await holdAround(context, parent, { ids })
  const statement = statementFor(reader.release, `raise ${parent.name}`, () => {
    const actor = sql`${sql.placeholder('actor')}::uuid`
    return sql`with k as (
      select t.id from ${tableOf(parent, 't')}
      where t.id = any(${sql.placeholder('ids')}::uuid[]) and t.deleted_at is null order by t.id for no key update
    ), t as (
      update ${tableOf(parent, 'p')} set version = p.version + 1, updated_at = now(), updated_by = ${actor}
      from k where p.id = k.id returning p.id
    ), e as (
      insert into heddle.event (entity, record, kind, delta, cause, actor)
      select ${sql.placeholder('entity')}, t.id, 'updated', '{}'::json, ${sql.placeholder('cause')}, ${actor} from t
    )
    select id from t`
  })
  const values = { ids, actor: reader.actor.id, entity: parent.id, cause: cause ?? null }
  const rows = await runRows<{ id: string }>(connection, statement, values)
  const fields = new Set(['version', 'updated_at', 'updated_by'])
  changes.push({ entity: parent, ids: rows.map(({ id }) => id), fields, left: new Map() })
}
