import { type Entity, type Field, fieldTypeOf, referencedEntities, systemFields } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import { fieldAccess, type Grant, grantFor } from '../access/grant.ts'
import type { Reader } from '../access/reader.ts'
import { columnOf, hasColumn } from '../field-types/index.ts'

export type { Reader } from '../access/reader.ts'

/** What a statement shows of an entity's records, and the joins it needs for that. */
export interface Projection {
  readonly columns: SQL
  readonly joins: SQL
  /** Names of the columns it shows. */
  readonly names: ReadonlySet<string>
}

/** The table of records, aliased. */
export function tableOf(entity: Entity, alias: string): SQL {
  return sql`${sql.identifier('app')}.${sql.identifier(entity.table)} ${sql.identifier(alias)}`
}

/** A column of an aliased table. */
export function columnSql(alias: string, column: string): SQL {
  return sql`${sql.identifier(alias)}.${sql.identifier(column)}`
}

/**
 * The columns the reader may see, `id` and `version` always among them, and `_related` with id and label of every
 * lookup. `only` narrows to the named fields.
 */
export function projectRecord(
  reader: Reader,
  entity: Entity,
  grant: Grant,
  options: { readonly alias: string; readonly only?: readonly string[] | undefined; readonly lines?: 'shown' },
): Projection {
  const { alias, only, lines } = options
  const isWanted = (name: string) => only === undefined || only.includes(name) || name === 'id' || name === 'version'
  const fields = [...entity.fields.values()].filter(
    (field) => hasColumn(field) && isWanted(field.name) && fieldAccess(grant, field.name) !== 'none',
  )
  const system = systemFields.filter(isWanted)
  const columns = [
    ...system.map((name) => columnSql(alias, name)),
    ...fields.map((field) => sql`${readColumn(alias, field)} as ${sql.identifier(field.name)}`),
  ]
  const related = fields.filter(
    (field) => referencedEntities(field).length === 1 && field.settings.entity !== undefined,
  )
  const { columns: relatedColumns, joins } = projectRelated(reader, related, alias)
  const children = lines === 'shown' ? projectLines(reader, entity, grant, alias) : []
  return {
    columns: sql.join([...columns, ...children, ...relatedColumns], sql`, `),
    joins,
    names: new Set([...system, ...fields.map((field) => field.name)]),
  }
}

/** Each lines field as an array of the child records the reader may see, in their order. */
function projectLines(reader: Reader, entity: Entity, grant: Grant, alias: string): SQL[] {
  return [...entity.fields.values()].flatMap((field) => {
    const child = reader.release.entity(String(field.settings.entity ?? ''))
    const by = child?.fields.get(String(field.settings.by ?? ''))
    if (fieldTypeOf(field.type).source !== 'children' || child === undefined || by === undefined) return []
    const childGrant = grantFor(reader.release, reader.actor, child)
    if (fieldAccess(grant, field.name) === 'none' || !childGrant.verbs.has('read')) return []
    const row = `${alias}_${field.name}`
    const { columns, joins } = projectRecord(reader, child, childGrant, { alias: row })
    return [
      sql`(select coalesce(json_agg(row_to_json(l)), '[]'::json) from (select ${columns}
        from ${tableOf(child, row)}${joins}
        where ${columnSql(row, by.column)} = ${columnSql(alias, 'id')} and ${columnSql(row, 'deleted_at')} is null
        order by ${columnSql(row, '_position')}, ${columnSql(row, 'id')}) l) as ${sql.identifier(field.name)}`,
    ]
  })
}

function readColumn(alias: string, field: Field): SQL {
  const column = columnOf(field.type)
  const plain = columnSql(alias, field.column)
  return column?.read === undefined ? plain : column.read(plain)
}

function projectRelated(reader: Reader, lookups: readonly Field[], alias: string): { columns: SQL[]; joins: SQL } {
  if (lookups.length === 0) return { columns: [], joins: sql`` }
  const entries: SQL[] = []
  const joins: SQL[] = []
  lookups.forEach((field, index) => {
    const target = reader.release.entity(String(field.settings.entity))
    if (target === undefined) return
    const related = `${alias}_${index}`
    const label = labelSql(reader, target, related)
    joins.push(
      sql` left join ${tableOf(target, related)} on ${columnSql(related, 'id')} = ${columnSql(alias, field.column)}`,
    )
    entries.push(
      sql`${sql.raw(`'${field.name}'`)}, case when ${columnSql(related, 'id')} is not null then json_build_object('id', ${columnSql(related, 'id')}, 'label', ${label}) end`,
    )
  })
  return {
    columns: [sql`json_build_object(${sql.join(entries, sql`, `)}) as _related`],
    joins: sql.join(joins),
  }
}

/** The text that names a record of the entity to this reader; null when they may not see it. */
export function labelSql(reader: Reader, entity: Entity, alias: string): SQL {
  const grant = grantFor(reader.release, reader.actor, entity)
  const label = entity.fields.get(entity.label ?? '')
  if (label === undefined || !hasColumn(label)) return sql`null`
  if (!grant.verbs.has('read') || fieldAccess(grant, label.name) === 'none') return sql`null`
  return sql`${columnSql(alias, label.column)}::text`
}
