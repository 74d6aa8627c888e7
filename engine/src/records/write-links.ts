import type { Entity, Field, JsonObject } from '@heddle/metadata'
import { sql } from 'drizzle-orm'
import { toldTo } from '../access/language.ts'
import { missingReference } from '../errors.ts'
import { linkFields } from '../field-types/link-tables.ts'
import { linksOf } from '../filters/link-sql.ts'
import { tableOf } from '../filters/record-tables.ts'
import type { Connection } from '../storage/connect.ts'
import { runRaw } from '../storage/statement.ts'
import type { Reader } from './projection.ts'
import { statementFor } from './statement-cache.ts'

/** True when a write of these values touches links, which takes a transaction. */
export function hasLinks(entity: Entity, values: JsonObject): boolean {
  return linkFields(entity).some((field) => values[field.name] !== undefined)
}

/** Makes a record's links those that the values give, in their order. @throws Fault 422 when one leads nowhere */
export async function writeLinks(
  { connection, reader }: { readonly connection: Connection; readonly reader: Reader },
  entity: Entity,
  record: { readonly id: string; readonly values: JsonObject; readonly isNew?: boolean },
): Promise<void> {
  for (const field of linkFields(entity)) {
    const given = record.values[field.name]
    if (given === undefined) continue
    const ids = Array.isArray(given) ? given.map(String) : []
    const values = { id: record.id, ids }
    if (record.isNew !== true) await runRaw(connection, dropStatement(reader, entity, field), values)
    if (ids.length === 0) continue
    const made = await runRaw(connection, linkStatement(reader, entity, field), values)
    if (made.length < ids.length) {
      const title = toldTo(reader, entity).fields.get(field.name)?.title
      throw missingReference(`/${field.name}`, `“${title}” leads to a record that is not there or in the trash.`)
    }
  }
}

function dropStatement({ release }: Reader, entity: Entity, field: Field) {
  return statementFor(
    release,
    `unlink ${entity.name} ${field.name}`,
    () => sql`delete from ${linksOf(entity, field, 'k')} where k.source = ${sql.placeholder('id')}::uuid`,
  )
}

function linkStatement({ release }: Reader, entity: Entity, field: Field) {
  return statementFor(release, `link ${entity.name} ${field.name}`, () => {
    const target = release.entity(String(field.settings.entity)) ?? entity
    return sql`insert into ${linksOf(entity, field, 'k')} (source, target, position)
      select ${sql.placeholder('id')}::uuid, x.id, i.position
      from unnest(${sql.placeholder('ids')}::uuid[]) with ordinality i (id, position)
      join ${tableOf(target, 'x')} on x.id = i.id and x.deleted_at is null
      returning target`
  })
}
