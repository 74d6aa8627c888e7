import type { Clock, Entity } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import { findEntity } from '../access/entity-lookup.ts'
import { grantFor, requireVerb } from '../access/grant.ts'
import { andReadable } from '../access/row-access.ts'
import { unknownRecord } from '../errors.ts'
import { boundSize } from '../storage/bound-size.ts'
import type { Connection } from '../storage/connect.ts'
import { runRaw, type Statement } from '../storage/statement.ts'
import { isUuid } from '../storage/uuid.ts'
import type { IncludePart } from './include-request.ts'
import { includesOf } from './plan-includes.ts'
import { columnSql, projectRecord, type Reader, tableOf } from './projection.ts'
import { statementFor } from './statement-cache.ts'
import { surroundingValues } from './surroundings.ts'
import type { WriteContext } from './write-context.ts'

/** A read of one record as one statement with its values but the id. */
export interface PlannedGet {
  readonly statement: Statement
  readonly values: Readonly<Record<string, unknown>>
}

/** The statement that reads one record, trash included, as JSON text and version. @throws Fault 403, 404, 422 */
export function planGet(reader: Reader, entityName: string, include: readonly IncludePart[] = []): PlannedGet {
  const entity = findEntity(reader, entityName)
  requireVerb(reader.release, reader.actor, entity, 'read')
  return planShown(reader, entity, { include, condition: andReadable(reader, entity, 't') })
}

/** The same for a record that the reader has just written, whether or not they may read others. */
export function planWritten({ reader, clock }: WriteContext, entity: Entity): PlannedGet {
  return planShown(reader, entity, { clock })
}

interface Showing {
  readonly include?: readonly IncludePart[]
  /** What the record must be besides, as an addition to the condition; undefined for whoever has just written it. */
  readonly condition?: SQL
  readonly clock?: Clock
}

function planShown(reader: Reader, entity: Entity, { include = [], condition, clock }: Showing): PlannedGet {
  const grant = grantFor(reader.release, reader.actor, entity)
  const includes = includesOf(reader, entity, { parts: include, count: 1 })
  const about = condition === undefined ? 'written' : 'readable'
  const shape = `get ${about} ${entity.name} ${grant.key} ${JSON.stringify(include)}`
  const statement = statementFor(reader.release, shape, () => {
    const { columns, joins } = projectRecord(reader, entity, grant, { alias: 't', lines: 'shown', includes })
    const composed = sql`select row_to_json(r)::text, r.version from (select ${columns} from ${tableOf(entity, 't')}${joins}
      where ${columnSql('t', 'id')} = ${sql.placeholder('id')}${condition ?? sql``}) r`
    // What is written can always be shown.
    return include.length === 0 ? composed : boundSize(composed)
  })
  return { statement, values: surroundingValues(reader, clock) }
}

/** A record's JSON text and version. */
export interface StoredRecord {
  readonly json: Buffer
  readonly version: string
}

/** Reads one record. @throws Fault 404 */
export async function runGet(
  connection: Connection,
  { statement, values }: PlannedGet,
  id: string,
): Promise<StoredRecord> {
  if (!isUuid(id)) throw unknownRecord()
  const [row] = await runRaw(connection, statement, { ...values, id })
  const [json, version] = row ?? []
  if (!json || !version) throw unknownRecord()
  return { json, version: version.toString() }
}
