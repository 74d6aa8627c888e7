import { asText, type Entity, type Field, fieldTypeOf, formulaOf, type Release, systemFields } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import type { Actor } from '../access/actor.ts'
import type { Column } from '../access/entity-lookup.ts'
import { columnOf, hasColumn } from '../field-types/index.ts'
import { compileSql } from './compile-sql.ts'
import type { SqlResolver, SqlRows } from './compiling.ts'
import { resultOf } from './formula-result.ts'
import { linkedIds } from './link-sql.ts'
import { columnSql, tableOf } from './record-tables.ts'
import type { SqlClock } from './sql-clock.ts'

/** Where expressions on the records of an entity are compiled. */
export interface RecordPlace {
  readonly release: Release
  readonly clock: SqlClock
  readonly entity: Entity
  /** The alias under which the statement knows the record. */
  readonly alias: string
  /** The formulas being worked out, so that one that leads back to itself is empty instead of endless. */
  readonly within?: readonly Field[]
  /** Stored formulas of the record under `alias` that are worked out instead of read from their columns. */
  readonly anew?: { readonly alias: string; readonly fields: ReadonlySet<Field> }
  /** Which records behind lookups and lines a reader's own expression may look at; none where it may at all. */
  readonly isVisible?: ((entity: Entity, alias: string) => SQL | undefined) | undefined
  /** Formulas composed already, by alias and field: one that many others read is composed once, though rendered often. */
  readonly composed?: Map<string, SQL>
  /** Reads every stored formula from its column, whether or not a job still fills it. */
  readonly isFilled?: true
}

/**
 * Finds what expressions on an entity's records name: columns, parts of groups, formulas worked out in place, paths
 * through lookups and lines. It asks no rights: those of an expression from outside are its scope's (`readableScope`).
 */
export function recordResolver(place: RecordPlace): SqlResolver {
  return { column: (path) => compilePath(place, path), rows: (path) => compileRows(place, path) }
}

/** The value of a field of the record, as expressions see it. */
export function compileField(place: RecordPlace, field: Field): SQL {
  if (asText(field.settings.expression) !== undefined && !isInColumn(place, field)) return compileFormula(place, field)
  if (fieldTypeOf(field.type).source === 'links') return linkedIds(place.entity, field, columnSql(place.alias, 'id'))
  return hasColumn(field) ? columnSql(place.alias, field.column) : sql`null`
}

/** True for a stored formula that its column has right. */
function isInColumn({ entity, alias, anew, isFilled }: RecordPlace, field: Field): boolean {
  if (!hasColumn(field) || (anew?.alias === alias && anew.fields.has(field))) return false
  return isFilled === true || !entity.pending.has(field.id)
}

/** The value of a column that may be asked for by name: of a field, or one that every record has. */
export function compileColumn(place: RecordPlace, { field, column }: Pick<Column, 'field' | 'column'>): SQL {
  return field === undefined ? columnSql(place.alias, column) : compileField(place, field)
}

/**
 * A formula worked out where it is asked for. It sees the record whole: who may read the field may read what its author
 * shows in it.
 */
function compileFormula(place: RecordPlace, field: Field): SQL {
  const { release, entity, clock, alias, composed = new Map<string, SQL>(), within = [] } = place
  const expression = formulaOf(release, entity, field)
  if (expression === undefined || within.includes(field)) return sql`null`
  const key = `${alias} ${entity.name} ${field.name}`
  const known = composed.get(key)
  if (known !== undefined) return known
  const inner = { ...place, isVisible: undefined, composed, within: [...within, field] }
  const value = resultOf(field, compileSql(expression, recordResolver(inner), clock))
  composed.set(key, value)
  return value
}

function compilePath(place: RecordPlace, [name = '', ...rest]: readonly string[]): SQL {
  const field = place.entity.fields.get(name)
  if (field === undefined) return compileSurrounding(place, name, rest)
  const [part = 'id'] = rest
  if (rest.length === 0) return compileField(place, field)
  if (field.fields.size > 0) return compilePart(place, field, part)
  if (fieldTypeOf(field.type).parts?.includes(part)) {
    return sql`(${columnSql(place.alias, field.column)} ->> ${part}::text)`
  }
  const target = place.release.entity(asText(field.settings.entity) ?? '')
  return target === undefined || (rest.length === 1 && part === 'id')
    ? compileField(place, field)
    : compileRelated(place, field, target, rest)
}

/** A system column; else what is around the record: the actor, whose values are bound, or its old self, which a query has not. */
function compileSurrounding({ alias }: RecordPlace, name: string, [part = 'id']: readonly string[]): SQL {
  if (systemFields.some((system) => system === name)) return columnSql(alias, name)
  const type = name === 'user' ? userTypes[part] : undefined
  return type === undefined ? sql`null` : sql`${sql.placeholder(`user_${part}`)}::${sql.raw(type)}`
}

/** The values of the places that expressions on `user` make in a statement. */
export function userValues(actor: Actor): Readonly<Record<string, unknown>> {
  return {
    user_id: actor.id,
    user_name: actor.name,
    user_roles: actor.roles,
    user_department: actor.departmentId,
    user_people: [actor.id, ...actor.subordinateIds],
    user_departments: [...(actor.departmentId === undefined ? [] : [actor.departmentId]), ...actor.departmentIds],
    user_departments_below: actor.departmentsBelow,
    user_manager: actor.managerId,
  }
}

const userTypes: { readonly [part: string]: string } = {
  id: 'uuid',
  name: 'text',
  roles: 'text[]',
  department: 'uuid',
  manager: 'uuid',
}

/** A field inside a group's JSON, as the column that it would have. */
function compilePart(place: RecordPlace, group: Field, name: string): SQL {
  const field = group.fields.get(name)
  const column = field && columnOf(field)
  if (!field || !column) return sql`null`
  const json = columnSql(place.alias, group.column)
  const key = sql`${name}::text`
  if (column.ofJson !== undefined) return column.ofJson(sql`(${json} -> ${key})`)
  return sql`(${json} ->> ${key})::${sql.raw(column.sqlType(field))}`
}

function compileRelated(place: RecordPlace, field: Field, target: Entity, path: readonly string[]): SQL {
  const related = { ...place, entity: target, alias: `${place.alias}r` }
  return sql`(select ${compilePath(related, path)} from ${tableOf(target, related.alias)}
    where ${columnSql(related.alias, 'id')} = ${compileField(place, field)}${andVisible(related)})`
}

function andVisible({ isVisible, entity, alias }: RecordPlace): SQL {
  const condition = isVisible?.(entity, alias)
  return condition === undefined ? sql`` : sql` and ${condition}`
}

/** The lines of a record that are not in the trash, in their order. */
function compileRows(place: RecordPlace, [name = '']: readonly string[]): SqlRows {
  const field = place.entity.fields.get(name)
  const child = place.release.entity(asText(field?.settings.entity) ?? '')
  const by = child?.fields.get(asText(field?.settings.by) ?? '')
  if (child === undefined || by === undefined) throw new Error(`“${place.entity.name}.${name}” holds no lines.`)
  const alias = `${place.alias}l`
  const stored = [...child.fields.values()].filter(hasColumn).map((each) => each.column)
  const columns = [...systemFields, ...stored].map((column) => columnSql(alias, column))
  return {
    from: sql`(select ${sql.join(columns, sql`, `)} from ${tableOf(child, alias)}
      where ${columnSql(alias, by.column)} = ${columnSql(place.alias, 'id')}
        and ${columnSql(alias, 'deleted_at')} is null${andVisible({ ...place, entity: child, alias })}
      order by ${columnSql(alias, '_position')}, ${columnSql(alias, 'id')}) as ${sql.identifier(alias)}`,
    column: (path) => compilePath({ ...place, entity: child, alias }, path),
  }
}
