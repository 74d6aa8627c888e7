import { updateUser } from '../accounts/users.ts'
import { type Counted, countOwned } from '../records/count-records.ts'
import { type HandOver, handOverRecords } from '../records/hand-over-records.ts'
import type { WriteContext } from '../records/write-context.ts'
import type { Connection } from '../storage/connect.ts'

/** What somebody has that can be given to somebody else. */
export interface Possessions {
  readonly records: readonly { readonly entity: string; readonly title: string; readonly count: number }[]
  /** How many people they manage. */
  readonly managed: number
  /** How many departments they head. */
  readonly headed: number
}

/** Counts what a person has; nothing changes. */
export async function countPossessions({ connection, reader }: WriteContext, person: string): Promise<Possessions> {
  const [row] = await connection<{ managed: number; headed: number }[]>`
    select (select count(*)::int from heddle."user" where manager_id = ${person}) as managed,
      (select count(*)::int from heddle.department where head_id = ${person}) as headed`
  const owned = await countOwned(connection, reader.release, person)
  return possessionsOf(owned, row?.managed ?? 0, row?.headed ?? 0)
}

/**
 * Gives everything that a person has to somebody else: records, the people they manage and the departments they head.
 * `disable` ends their access as well.
 */
export async function handOver(
  context: WriteContext,
  { from, to, disable }: { readonly from: string; readonly to: string; readonly disable: boolean },
): Promise<Possessions> {
  const { connection } = context
  const owned = await handOverRecords(context, { from, to })
  await takePlace(connection, { from, to })
  const managed = await connection`
    update heddle."user" set manager_id = ${to}, updated_at = now() where manager_id = ${from}`
  const headed = await connection`update heddle.department set head_id = ${to} where head_id = ${from}`
  if (disable) await updateUser(connection, from, { disabled: true })
  return possessionsOf(owned, managed.count, headed.count)
}

/** Who comes from below stands where the person stood: else they would be managed by those they manage. */
async function takePlace(connection: Connection, { from, to }: HandOver): Promise<void> {
  await connection`
    with recursive below as (
      select id from heddle."user" where manager_id = ${from}
      union select u.id from heddle."user" u join below on u.manager_id = below.id
    )
    update heddle."user" set manager_id = (select manager_id from heddle."user" where id = ${from}), updated_at = now()
    where id = ${to} and id in (select id from below)`
}

function possessionsOf(owned: readonly Counted[], managed: number, headed: number): Possessions {
  const records = owned.map(({ entity, count }) => ({ entity: entity.name, title: entity.title, count }))
  return { records, managed, headed }
}
