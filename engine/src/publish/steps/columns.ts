import type { Entity, Field, FieldStorage } from '@heddle/metadata'
import { columnOf, isDerived } from '../../field-types/index.ts'
import { textLiteral } from '../../field-types/sql-text.ts'
import { fillName } from './fill-kept.ts'
import { quoted, type Step, tableName } from './step.ts'

/** A field's column as it stands in DDL, null when it has none. */
export function columnDefinition(field: Field): string | null {
  const column = columnOf(field)
  if (column === null) return null
  return `${quoted(field.column)} ${column.sqlType(field)} ${initialRule(field)}`.trimEnd()
}

/** What new records have in a column that nobody writes, as its definition says it; empty when nothing. */
export function initialRule(field: Field): string {
  const initial = columnOf(field)?.initial?.(field) ?? null
  return initial === null ? '' : `default ${initial}`
}

/** The constant that a new field has in records that exist, as SQL; null when they stay empty. */
export function initialValue(field: Field): string | null {
  const column = columnOf(field)
  const initial = field.source.default
  if (column === null || initial === undefined || initial === null) return null
  const bound = column.bind(initial, field)
  if (bound === null) return null
  const text = Array.isArray(bound)
    ? `{${bound.map((entry) => JSON.stringify(String(entry))).join(',')}}`
    : String(bound)
  return `${textLiteral(text)}::${column.sqlType(field)}`
}

/** The step that gives an entity a new field. */
export function addColumn(entity: Entity, field: Field, definition: string): Step {
  const table = tableName(entity.table)
  const initial = initialValue(field)
  const place = { class: 'safe', address: `entity/${entity.name}`, path: `/properties/${field.name}` } as const
  if (initial === null) {
    const text = isDerived(field.type)
      ? `Keep the values of “${field.title}” in a column.`
      : `Add the field “${field.title}”; it is empty in existing records.`
    return { ...place, text, sql: [`alter table ${table} add column ${definition}`] }
  }
  return {
    ...place,
    text: `Add the field “${field.title}”; existing records get its default.`,
    sql: [
      `alter table ${table} add column ${definition} default ${initial}`,
      `alter table ${table} alter column ${quoted(field.column)} drop default`,
    ],
  }
}

/** The step that shows a hidden field again. */
export function restoreColumn(entity: Entity, field: Field): Step {
  const text = `Show the field “${field.title}” again with the values it had.`
  return { class: 'safe', address: `entity/${entity.name}`, path: `/properties/${field.name}`, text, sql: [] }
}

/** The step that hides a field. */
export function hideColumn(entity: Entity, id: string, column: string): Step {
  const text = `Hide the field “${id}”; its values are kept until it is purged.`
  const cancels = [fillName(entity, column)]
  return { class: 'safe', address: `entity/${entity.name}`, path: `/properties/${id}`, text, sql: [], cancels }
}

/** The step that drops the column of a stored formula whose values are worked out elsewhere from now on. */
export function dropColumn(entity: Entity, id: string, column: string): Step {
  return {
    class: 'safe',
    address: `entity/${entity.name}`,
    path: `/properties/${id}`,
    text: `Drop the values of “${id}” that were worked out so far.`,
    sql: [`alter table ${tableName(entity.table)} drop column if exists ${quoted(column)}`],
    cancels: [fillName(entity, column)],
  }
}

/** The statement that makes a column of its own for converted values. */
export function addConvertedColumn(entity: Entity, { column, columnType }: FieldStorage): string {
  return `alter table ${tableName(entity.table)} add column ${quoted(column)} ${columnType}`
}
