import type { Entity, Release } from '@heddle/metadata'
import { allParents, groupsOf, recomputeSql } from '../filters/rollup-sql.ts'
import type { Connection } from '../storage/connect.ts'
import { renderStatement, runRows } from '../storage/statement.ts'

/**
 * Works out the roll-ups of all records of an entity from what is stored; gives the ids whose values were not right. The
 * roll-ups they gather from must be right already.
 */
export async function recomputeRollups(connection: Connection, release: Release, entity: Entity): Promise<string[]> {
  const wrong = new Set<string>()
  for (const group of groupsOf(release, entity)) {
    const statement = renderStatement(recomputeSql(release, group, allParents(group)))
    for (const { id } of await runRows<{ id: string }>(connection, statement)) wrong.add(id)
  }
  return [...wrong]
}
