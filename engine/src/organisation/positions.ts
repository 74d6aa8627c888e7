import type { Connection } from '../storage/connect.ts'
import { uuidv7 } from '../storage/uuid.ts'

/** What somebody can be in the company, e.g. head of finance. */
export interface Position {
  readonly id: string
  readonly name: string
}

/** All positions by name. */
export async function listPositions(connection: Connection): Promise<Position[]> {
  return await connection<Position[]>`select id, name from heddle.position order by name`
}

/** Adds a position. The name must be free. */
export async function createPosition(connection: Connection, name: string): Promise<Position> {
  const id = uuidv7()
  await connection`insert into heddle.position (id, name) values (${id}, ${name})`
  return { id, name }
}

/** Renames a position; undefined when there is no such position. */
export async function renamePosition(connection: Connection, id: string, name: string): Promise<Position | undefined> {
  const [row] = await connection<Position[]>`
    update heddle.position set name = ${name} where id = ${id} returning id, name`
  return row
}

/** Removes a position that nobody holds; how many hold it, undefined when there is no such position. */
export async function removePosition(connection: Connection, id: string): Promise<number | undefined> {
  const [row] = await connection<{ holders: number }[]>`
    select (select count(*)::int from heddle.user_position u where u.position_id = p.id) as holders
    from heddle.position p where id = ${id}`
  if (row?.holders === 0) await connection`delete from heddle.position where id = ${id}`
  return row?.holders
}
