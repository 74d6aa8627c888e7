import type { Entity, Release } from '@heddle/metadata'
import { sql } from 'drizzle-orm'
import { passFault } from '../faults.ts'
import { runRows } from '../storage/statement.ts'
import { type Counted, ownedEntities } from './count-records.ts'
import { holdAround } from './kept/hold-around.ts'
import { lockOrderOf } from './kept/lock-order.ts'
import { ReleaseMoved } from './on-live-release.ts'
import { columnSql, tableOf } from './projection.ts'
import { statementFor } from './statement-cache.ts'
import type { WriteContext } from './write-context.ts'
import { isLive } from './write-statements.ts'

/** Who had the records, and who gets them. */
export interface HandOver {
  readonly from: string
  readonly to: string
}

/**
 * Gives all records that somebody owns to somebody else, who takes them into their main department; each has its event.
 * No rule is asked: who has left cannot keep them.
 * @throws ReleaseMoved
 */
export async function handOverRecords(context: WriteContext, people: HandOver): Promise<Counted[]> {
  const { release } = context.reader
  const moved: Counted[] = []
  for (const entity of inLockOrder(release)) {
    const count = await moveRecords(context, entity, people)
    if (count > 0) moved.push({ entity, count })
  }
  // A statement of an older release moves nothing; it must not pass for somebody who owned nothing.
  const [live] = await context.connection<{ release: number }[]>`select release from heddle.live`
  if (live?.release !== release.number) throw new ReleaseMoved()
  return moved
}

async function moveRecords(context: WriteContext, entity: Entity, { from, to }: HandOver): Promise<number> {
  const { connection, reader, cause } = context
  const found = await runRows<{ id: string }>(connection, ownedIds(reader.release, entity), { owner: from })
  const ids = found.map(({ id }) => id)
  if (ids.length === 0) return 0
  await holdAround(context, entity, { ids })
  const values = { ids, owner: to, actor: reader.actor.id, entity: entity.id, cause: cause ?? null }
  const rows = await runRows(connection, moveStatement(reader.release, entity), {
    ...values,
    release: reader.release.number,
    delta: JSON.stringify({ owner_id: [from, to] }),
  })
  passFault('write.after-statement')
  if (rows.length < ids.length) throw new ReleaseMoved()
  const fields = new Set(['version', 'updated_at', 'updated_by', 'owner_id', 'department_id'])
  context.changes.push({ entity, ids, fields, left: new Map() })
  return ids.length
}

function ownedIds(release: Release, entity: Entity) {
  return statementFor(
    release,
    `owned by ${entity.name}`,
    () => sql`select t.id from ${tableOf(entity, 't')}
      where ${columnSql('t', 'owner_id')} = ${sql.placeholder('owner')}::uuid order by t.id for no key update`,
  )
}

function moveStatement(release: Release, entity: Entity) {
  return statementFor(release, `hand over ${entity.name}`, () => {
    const owner = sql`${sql.placeholder('owner')}::uuid`
    const actor = sql`${sql.placeholder('actor')}::uuid`
    return sql`with t as (
      update ${tableOf(entity, 'p')} set owner_id = ${owner},
        department_id = (select department_id from heddle."user" where id = ${owner}),
        version = p.version + 1, updated_at = now(), updated_by = ${actor}
      where p.id = any(${sql.placeholder('ids')}::uuid[]) and ${isLive} returning p.id
    ), e as (
      insert into heddle.event (entity, record, kind, delta, cause, actor)
      select ${sql.placeholder('entity')}, t.id, 'updated', ${sql.placeholder('delta')}::json,
        ${sql.placeholder('cause')}, ${actor} from t
    )
    select id from t`
  })
}

/** As writes of single records lock them, so that nobody waits in a circle. */
function inLockOrder(release: Release): Entity[] {
  const { place } = lockOrderOf(release)
  return ownedEntities(release).sort((a, b) => place(a.name) - place(b.name))
}
