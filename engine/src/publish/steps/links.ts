import type { Entity, Field, Release } from '@heddle/metadata'
import { linkFields, linkTableOf } from '../../field-types/link-tables.ts'
import { textLiteral } from '../../field-types/sql-text.ts'
import { objectName } from '../../storage/object-names.ts'
import { quoted, type Step, tableName } from './step.ts'

/**
 * The steps that make the tables of an entity's links. A table stays when its field is hidden; links to records of
 * another entity than before cannot.
 */
export function planLinks(live: Release, next: Release, entity: Entity): Step[] {
  const before = live.entityById(entity.id)
  const known = new Map((before === undefined ? [] : linkFields(before)).map((field) => [field.id, field]))
  return linkFields(entity).flatMap((field): Step[] => {
    const target = next.entity(String(field.settings.entity))
    const earlier = live.entity(String(known.get(field.id)?.settings.entity))
    const link = linkTableFor(next, entity, field)
    if (link === undefined || earlier?.id === target?.id) return []
    const place = { address: `entity/${entity.name}`, path: `/properties/${field.name}` }
    if (live.storage.entities[entity.id]?.fields[field.id]?.type === field.type && !known.has(field.id)) {
      return [{ ...place, ...linksAgain(field, link) }]
    }
    if (earlier === undefined) {
      return [{ ...place, class: 'safe', text: `Keep the links of “${field.title}”.`, sql: createLinks(link) }]
    }
    const text = `“${field.title}” leads to other records now; its links to “${earlier.title}” are lost.`
    const drop = `drop table if exists ${tableName(link.table)}`
    return [{ ...place, class: 'destructive', text, sql: [drop, ...createLinks(link)] }]
  })
}

/** The links of a field that comes back. Where they lead only the database knows. */
function linksAgain(field: Field, link: LinkTable): Omit<Step, 'address' | 'path'> {
  const table = tableName(link.table)
  const isTrue = `exists (select 1 from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and c.conkey = array[a.attnum]
      where c.contype = 'f' and c.conrelid = to_regclass(${textLiteral(table)}) and a.attname = 'target'
        and c.confrelid = to_regclass(${textLiteral(tableName(link.target))}))`
  return {
    class: 'safe',
    text: `Show the links of “${field.title}” again.`,
    sql: [
      `do $links$ begin if not ${isTrue} then drop table if exists ${table}; end if; end $links$`,
      ...createLinks(link),
    ],
    failing: {
      code: 'publish.links.elsewhere',
      message: `The hidden links of “${field.title}” lead from these to records of another entity; purge them first, or let it lead there again.`,
      query: `select source::text as id, null as label, target::text as value, count(*) over ()::int as total
        from ${table} where not ${isTrue} order by 3, 1 limit 20`,
    },
  }
}

/** The table of a field's links as the release needs it; undefined when the field leads nowhere. */
export function linkTableFor(release: Release, entity: Entity, field: Field): LinkTable | undefined {
  const target = release.entity(String(field.settings.entity))
  return target && { table: linkTableOf(entity, field), source: entity.table, target: target.table }
}

/** A table of links and the tables of the records at their ends. */
export interface LinkTable {
  readonly table: string
  readonly source: string
  readonly target: string
}

/** The statements that make a table of links. */
export function createLinks({ table, source, target }: LinkTable): string[] {
  const end = (name: string, to: string) => `${name} uuid not null references ${tableName(to)} (id) on delete cascade`
  return [
    `create table if not exists ${tableName(table)} (
  ${end('source', source)},
  ${end('target', target)},
  position integer not null,
  primary key (source, target)
)`,
    `create index if not exists ${quoted(objectName('by', table, 'target'))} on ${tableName(table)} (target)`,
  ]
}
