import { type Entity, type Field, linesFields, systemFields } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import { fieldAccess, type Grant, grantFor } from '../access/grant.ts'
import type { Reader } from '../access/reader.ts'
import { andReadable, andReadableLines } from '../access/row-access.ts'
import { columnOf, hasColumn, hasValue } from '../field-types/index.ts'
import { compileField } from '../filters/record-resolver.ts'
import { columnSql, tableOf } from '../filters/record-tables.ts'
import { directoryEntry } from './directory-entry.ts'
import { type Entry, jsonColumns, jsonObject } from './json-object.ts'
import type { Included, Shown } from './plan-includes.ts'
import { type RowsRelation, rowsOf } from './relation-rows.ts'
import { findRelation, linesRelation, type Relation } from './relations.ts'
import { placeOf } from './surroundings.ts'

export type { Reader } from '../access/reader.ts'
export { columnSql, tableOf } from '../filters/record-tables.ts'

/** What a statement shows of an entity's records, and the joins it needs for that. */
export interface Projection {
  readonly columns: SQL
  readonly joins: SQL
  /** Names of the columns it shows. */
  readonly names: ReadonlySet<string>
}

/** What to show of records, besides what their reader may see. */
export interface ProjectionOptions {
  readonly alias: string
  /** The fields, `id` and `version` always among them; all when undefined. */
  readonly only?: readonly string[] | undefined
  readonly includes?: Shown['includes']
  /** Shows all lines, asked for or not. */
  readonly lines?: 'shown'
}

/** The columns the reader may see, and `_related` with id and label of every lookup and with what is included. */
export function projectRecord(reader: Reader, entity: Entity, grant: Grant, options: ProjectionOptions): Projection {
  const { only, includes = new Map(), alias, lines } = options
  const shown = { only: only === undefined ? undefined : ['id', 'version', ...only], includes }
  const { entries, joins, names } = showRecord({ reader, entity, grant, alias }, shown, lines)
  return { columns: jsonColumns(entries), joins, names }
}

/** Records of an entity under an alias, as a reader sees them. */
interface Sight {
  readonly reader: Reader
  readonly entity: Entity
  readonly grant: Grant
  readonly alias: string
}

function sightOf({ reader }: Sight, entity: Entity, alias: string): Sight {
  return { reader, entity, grant: grantFor(reader.release, reader.actor, entity), alias }
}

interface ShownRecord {
  readonly entries: readonly Entry[]
  readonly joins: SQL
  readonly names: ReadonlySet<string>
}

function showRecord(sight: Sight, shown: Shown, lines?: 'shown'): ShownRecord {
  const { entity, grant, alias } = sight
  const isWanted = (name: string) => shown.only === undefined || shown.only.includes(name)
  const readable = [...entity.fields.values()].filter(
    (field) => hasValue(field) && fieldAccess(grant, field.name) !== 'none',
  )
  const fields = readable.filter((field) => isWanted(field.name))
  // Deprecated names show beside the current ones.
  const renamed = [...entity.aliases].flatMap(([old, name]) => {
    const field = readable.find((each) => each.name === name)
    return field === undefined || !isWanted(old) ? [] : [{ old, field }]
  })
  const system = systemFields.filter(isWanted)
  const related = showRelated(sight, fields, shown.includes)
  return {
    entries: [
      ...system.map((name) => ({ name, value: columnSql(alias, name) })),
      ...fields.map((field) => ({ name: field.name, value: readField(sight, field) })),
      ...renamed.map(({ old, field }) => ({ name: old, value: readField(sight, field) })),
      ...showLines(sight, shown.includes, lines),
      ...(related.entries.length === 0 ? [] : [{ name: '_related', value: jsonObject(related.entries) }]),
    ],
    joins: sql.join([...related.joins]),
    names: new Set([...system, ...fields.map((field) => field.name), ...renamed.map(({ old }) => old)]),
  }
}

/** The field's value as JSON shows it. */
function readField({ reader, entity, alias }: Sight, field: Field): SQL {
  const value = compileField(placeOf(reader, entity, alias), field)
  return columnOf(field)?.read?.(value) ?? value
}

const whole: Shown = { only: undefined, includes: new Map() }
const labels: Shown = { only: ['id'], includes: new Map() }

/** The lines that are asked for, or all, each as an array of child records in their order. */
function showLines(sight: Sight, includes: Shown['includes'], all?: 'shown'): Entry[] {
  return linesFields(sight.entity).flatMap((field, index) => {
    const shown = includes.get(field.name)?.shown ?? (all && whole)
    const relation = linesRelation(sight.reader, sight.entity, field)
    if (shown === undefined || relation === undefined || fieldAccess(sight.grant, field.name) === 'none') return []
    return [{ name: field.name, value: showRows(sight, relation, shown, `${sight.alias}n${index}`) }]
  })
}

interface Related {
  readonly entries: Entry[]
  readonly joins: SQL[]
}

/** Every lookup and link among the fields, and every included relation but lines. */
function showRelated(sight: Sight, fields: readonly Field[], includes: Shown['includes']): Related {
  const { reader, entity, alias } = sight
  const related: Related = { entries: [], joins: [] }
  const names = new Set([...fields.map((field) => field.name), ...includes.keys()])
  for (const [index, name] of [...names].entries()) {
    const included = includes.get(name)
    const relation = included?.relation ?? lookupTo(reader, entity, name)
    if (relation === undefined || relation.kind === 'lines') continue
    if (relation.kind === 'directory') {
      if (included !== undefined) related.entries.push({ name, value: directoryEntry(relation, alias) })
    } else if (relation.kind !== 'one') {
      related.entries.push({ name, value: showRows(sight, relation, included?.shown ?? labels, `${alias}m${index}`) })
    } else showOne(sight, { name, relation, included, alias: `${alias}_${index}` }, related)
  }
  return related
}

/** A lookup, also to what the reader may not read: they see that there is something. */
function lookupTo(reader: Reader, entity: Entity, name: string): Relation | undefined {
  const field = entity.fields.get(name)
  const relation = findRelation(reader, entity, name)
  if (relation !== undefined || field === undefined) return relation
  const target = hasColumn(field) ? reader.release.entity(String(field.settings.entity)) : undefined
  return target && { kind: 'one', target, column: field.column }
}

interface One {
  readonly name: string
  readonly relation: Extract<Relation, { kind: 'one' }>
  readonly included: Included | undefined
  readonly alias: string
}

function showOne(sight: Sight, { name, relation, included, alias }: One, related: Related): void {
  const target = sightOf(sight, relation.target, alias)
  const id = columnSql(alias, 'id')
  const more = included === undefined ? undefined : showRecord(target, included.shown)
  const pointer = columnSql(sight.alias, relation.column)
  related.joins.push(
    sql` left join ${tableOf(relation.target, alias)} on ${id} = ${pointer}${andReadable(sight.reader, relation.target, alias)}`,
    ...(more === undefined ? [] : [more.joins]),
  )
  // Of a record that the reader may not see they learn no more than the lookup tells: that there is one.
  const value = sql`case when ${pointer} is not null then ${jsonObject(named(target, more?.entries ?? [], pointer))} end`
  related.entries.push({ name, value })
}

/** Entries led by id and label. */
function named({ reader, entity, alias }: Sight, entries: readonly Entry[], pointer?: SQL): Entry[] {
  const id = { name: 'id', value: pointer ?? columnSql(alias, 'id') }
  const label = { name: 'label', value: labelSql(reader, entity, alias) }
  const others = entries.filter((entry) => entry.name !== 'id')
  return others.some((entry) => entry.name === 'label') ? [id, ...others] : [id, label, ...others]
}

/** The records at the other end of a relation as a JSON array. */
function showRows(sight: Sight, relation: RowsRelation, shown: Shown, alias: string): SQL {
  const target = sightOf(sight, relation.target, alias)
  const { entries, joins } = showRecord(target, shown)
  const item = jsonObject(relation.kind === 'lines' ? entries : named(target, entries))
  const { from, where, order } = rowsOf(relation, alias, columnSql(sight.alias, 'id'))
  const readable = relation.kind === 'lines' ? andReadableLines : andReadable
  return sql`(select coalesce(json_agg(l.item), '[]'::json)
    from (select ${item} as item from ${from}${joins} where ${where}${readable(sight.reader, relation.target, alias)} order by ${order}) l)`
}

/** The text that names a record of the entity to this reader; null when they may not see it. */
export function labelSql(reader: Reader, entity: Entity, alias: string): SQL {
  const grant = grantFor(reader.release, reader.actor, entity)
  const label = entity.fields.get(entity.label ?? '')
  if (label === undefined || !hasValue(label)) return sql`null`
  if (!grant.verbs.has('read') || fieldAccess(grant, label.name) === 'none') return sql`null`
  return sql`${compileField(placeOf(reader, entity, alias), label)}::text`
}
