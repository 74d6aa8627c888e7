import type { Entity, Release } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import { columnOf } from '../field-types/index.ts'
import type { Connection } from '../storage/connect.ts'
import { runRows } from '../storage/statement.ts'
import { columnSql, tableOf } from './projection.ts'
import { statementFor } from './statement-cache.ts'

/** How many records of an entity there are of some kind, the trash included. */
export interface Counted {
  readonly entity: Entity
  readonly count: number
}

/** The entities whose records belong to somebody. */
export function ownedEntities(release: Release): Entity[] {
  return entitiesOf(release).filter(({ isOwned }) => isOwned)
}

/** The entities of which somebody owns records, and how many. */
export function countOwned(connection: Connection, release: Release, owner: string): Promise<Counted[]> {
  return countEach(connection, release, {
    about: 'owner',
    entities: ownedEntities(release),
    id: owner,
    columnsOf: () => ['owner_id'],
  })
}

/** The entities of which records are in a department or name it in a field, and how many. */
export function countInDepartment(connection: Connection, release: Release, department: string): Promise<Counted[]> {
  return countEach(connection, release, {
    about: 'department',
    entities: entitiesOf(release),
    id: department,
    columnsOf: (entity) => ['department_id', ...departmentColumns(entity)],
  })
}

function departmentColumns(entity: Entity): string[] {
  return [...entity.fields.values()].flatMap((field) =>
    columnOf(field)?.directory === 'department' ? [field.column] : [],
  )
}

function entitiesOf(release: Release): Entity[] {
  return release.entityNames.flatMap((name) => release.entity(name) ?? [])
}

/** One statement asks this many tables: planning grows with them. */
const tablesTogether = 40

/** Records that have the id in one of these columns. */
interface Question {
  readonly about: string
  readonly entities: readonly Entity[]
  readonly id: string
  readonly columnsOf: (entity: Entity) => readonly string[]
}

async function countEach(connection: Connection, release: Release, question: Question): Promise<Counted[]> {
  const { about, entities, id, columnsOf } = question
  const counted: Counted[] = []
  for (let start = 0; start < entities.length; start += tablesTogether) {
    const part = entities.slice(start, start + tablesTogether)
    const statement = statementFor(release, `count by ${about} ${start}`, () =>
      sql.join(
        part.map((entity, index) => countSql(entity, index, columnsOf(entity))),
        sql` union all `,
      ),
    )
    const rows = await runRows<{ part: number; count: number }>(connection, statement, { id })
    for (const { part: index, count } of rows) {
      const entity = part[index]
      if (entity !== undefined && count > 0) counted.push({ entity, count })
    }
  }
  return counted
}

function countSql(entity: Entity, index: number, columns: readonly string[]): SQL {
  const isFound = columns.map((column) => sql`${columnSql('t', column)} = ${sql.placeholder('id')}::uuid`)
  return sql`select ${sql.raw(String(index))} as part, count(*)::int as count from ${tableOf(entity, 't')}
    where ${sql.join(isFound, sql` or `)}`
}
