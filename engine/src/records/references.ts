import { asTexts, type Entity, type Field, type JsonObject } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import { toldTo } from '../access/language.ts'
import type { Reader } from '../access/reader.ts'
import { andReadable } from '../access/row-access.ts'
import { type Fault, missingReference } from '../errors.ts'
import type { Directory } from '../field-types/define-column.ts'
import { columnOf } from '../field-types/index.ts'
import { tableOf } from '../filters/record-tables.ts'
import type { Connection, Parameter } from '../storage/connect.ts'
import { renderStatement, runRows } from '../storage/statement.ts'
import { surroundingValues } from './surroundings.ts'

/**
 * The condition that a written value of the field leads somewhere, none when the field refers to nothing: a foreign key
 * knows nothing of the trash. It has the place `actor`.
 */
export function leadsSomewhere(reader: Reader, field: Field, value: SQL): SQL[] {
  const directory = columnOf(field)?.directory
  if (directory !== undefined) return [sql`(${value} is null or ${members[directory](value)})`]
  const { entity: one, entities: any } = field.settings
  const target = typeof one === 'string' ? reader.release.entity(one) : undefined
  if (target !== undefined) return [sql`(${value} is null or ${isPresent(reader, target, value)})`]
  const targets = asTexts(any).flatMap((name) => reader.release.entity(name) ?? [])
  if (targets.length === 0) return []
  const id = sql`(${value} ->> 'id')::uuid`
  const cases = targets.map(
    (entity) => sql`(${value} ->> 'entity' = ${entity.name} and ${isPresent(reader, entity, id)})`,
  )
  return [sql`(${value} is null or ${sql.join(cases, sql` or `)})`]
}

/** The condition that a record's owner is somebody. */
export function isSomebody(owner: SQL): SQL {
  return sql`(${owner} is null or ${members.user(owner)})`
}

/** What is wrong with a reference that leads nowhere, told to its writer. */
function tellNowhere(reader: Reader, entity: Entity, field: Field): string {
  const title = toldTo(reader, entity).fields.get(field.name)?.title ?? field.name
  if (columnOf(field)?.directory !== undefined) return `“${title}” names nobody; see /api/users and /api/departments.`
  const target = reader.release.entity(String(field.settings.entity))
  const what = target === undefined ? 'record' : `“${toldTo(reader, target).title}”`
  return `“${title}” points to no ${what}, or to one in the trash.`
}

/** The first of the written references that leads nowhere. */
export async function findNowhere(
  { connection, reader }: { readonly connection: Connection; readonly reader: Reader },
  entity: Entity,
  fields: readonly Field[],
  values: JsonObject,
): Promise<Fault | undefined> {
  const holds = async (condition: SQL, bound: Parameter) => {
    const statement = renderStatement(sql`select ${condition} as holds`)
    const [row] = await runRows<{ holds: boolean }>(connection, statement, {
      ...surroundingValues(reader),
      value: bound,
      actor: reader.actor.id,
    })
    return row?.holds === true
  }
  for (const field of fields) {
    const column = columnOf(field)
    const value = values[field.name] ?? null
    if (column === null || value === null) continue
    const given = sql`${sql.placeholder('value')}::${sql.raw(column.sqlType(field))}`
    const [condition] = leadsSomewhere(reader, field, given)
    if (condition === undefined || (await holds(condition, column.bind(value, field)))) continue
    return missingReference(`/${field.name}`, tellNowhere(reader, entity, field))
  }
  const owner = values.owner_id ?? null
  if (typeof owner !== 'string' || (await holds(isSomebody(sql`${sql.placeholder('value')}::uuid`), owner)))
    return undefined
  return missingReference('/owner_id', 'The owner is nobody that there is; see /api/users.')
}

/** Nobody can point to what they may not see among others that they may: it would tell them that it is there. */
function isPresent(reader: Reader, entity: Entity, id: SQL): SQL {
  return sql`exists (select 1 from ${tableOf(entity, 'x')}
    where x.id = ${id} and x.deleted_at is null${andReadable(reader, entity, 'x')})`
}

/** Where a person may be meant, so may an API key, and whoever writes. */
const members: { readonly [K in Directory]: (id: SQL) => SQL } = {
  user: (id) => sql`(${id} = ${sql.placeholder('actor')}::uuid
    or exists (select 1 from heddle."user" x where x.id = ${id})
    or exists (select 1 from heddle.api_key x where x.id = ${id}))`,
  department: (id) => sql`exists (select 1 from heddle.department x where x.id = ${id})`,
}
