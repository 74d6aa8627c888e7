import type { Entity } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import { fieldAccess, grantFor } from '../access/grant.ts'
import type { Reader } from '../access/reader.ts'
import { andReadable } from '../access/row-access.ts'
import { searchCondition } from '../search/search-query.ts'
import type { Connection } from '../storage/connect.ts'
import { runRows } from '../storage/statement.ts'
import { askDatabase } from './ask-database.ts'
import { foundBy } from './found-by.ts'
import { columnSql, labelSql, tableOf } from './projection.ts'
import { statementFor } from './statement-cache.ts'
import { surroundingValues } from './surroundings.ts'

/** A record that was found. */
export interface Found {
  readonly entity: string
  readonly id: string
  /** Null when the reader may not see the field that names it. */
  readonly label: string | null
}

/** One statement asks this many tables: planning grows with them. */
const tablesTogether = 40

/**
 * The records that hold all words of the text, newest first, up to `limit` of each entity that the reader may see.
 * Lines are left to their parents.
 */
export async function searchAll(
  reader: Reader,
  connection: Connection,
  request: { readonly text: string; readonly limit: number },
): Promise<Found[]> {
  const entities = reader.release.entityNames.flatMap((name) => searchable(reader, name))
  const found: Found[] = []
  const { values } = searchCondition(request.text, 't')
  for (let start = 0; start < entities.length; start += tablesTogether) {
    const part = entities.slice(start, start + tablesTogether)
    const shape = part.map((entity) => `${entity.name} ${grantFor(reader.release, reader.actor, entity).key}`)
    const statement = statementFor(reader.release, `search ${shape.join(' ')}`, () =>
      sql.join(
        part.map((entity) => searchSql(reader, entity)),
        sql` union all `,
      ),
    )
    const rows = await askDatabase(connection, (bound) =>
      runRows<Found>(bound, statement, { ...surroundingValues(reader), ...values, limit: request.limit }),
    )
    found.push(...rows.map(({ entity, id, label }) => ({ entity, id, label })))
  }
  return found
}

function searchable({ release, actor }: Reader, name: string): Entity[] {
  const entity = release.entity(name)
  if (entity === undefined || entity.search.length === 0 || entity.master !== undefined) return []
  const grant = grantFor(release, actor, entity)
  const isReadable = entity.search.some((field) => fieldAccess(grant, field) !== 'none')
  return grant.verbs.has('read') && isReadable ? [entity] : []
}

function searchSql(reader: Reader, entity: Entity): SQL {
  return sql`(select ${sql.raw(`'${entity.name}'`)} as entity, ${columnSql('t', 'id')}::text as id,
    ${labelSql(reader, entity, 't')}::text as label from ${tableOf(entity, 't')}
    where ${foundBy(entity, grantFor(reader.release, reader.actor, entity), '', 't').sql} and ${columnSql('t', 'deleted_at')} is null${andReadable(reader, entity, 't')}
    order by ${columnSql('t', 'id')} desc limit ${sql.placeholder('limit')}::int)`
}
