import type { Entity, EntityStorage, Field } from '@heddle/metadata'
import { columnOf } from '../../field-types/index.ts'
import { quoted, type Step, tableName } from './step.ts'

/** The columns every record has, as they stand in CREATE TABLE. */
const systemColumns = [
  'id uuid primary key',
  'version integer not null default 1',
  'owner_id uuid',
  'department_id uuid',
  'created_at timestamptz not null default now()',
  'created_by uuid',
  'updated_at timestamptz not null default now()',
  'updated_by uuid',
  'deleted_at timestamptz',
  '_search tsvector',
  '_position integer',
]

/** The step that makes a new entity's table with all its columns. */
export function createTable(entity: Entity): Step {
  const own = [...entity.fields.values()].flatMap((field) => columnDefinition(field) ?? [])
  return {
    class: 'safe',
    address: `entity/${entity.name}`,
    path: '',
    text: `Create the table of “${entity.title}” with ${own.length} columns.`,
    sql: [`create table ${tableName(entity.table)} (\n  ${[...systemColumns, ...own].join(',\n  ')}\n)`],
  }
}

/** The steps that add, hide and bring back columns of an entity that exists. */
export function planColumns(entity: Entity, previous: EntityStorage, next: EntityStorage): Step[] {
  const steps: Step[] = []
  for (const field of entity.fields.values()) {
    const definition = columnDefinition(field)
    const known = previous.fields[field.id]
    if (definition === null) continue
    if (known === undefined || known.column !== field.column) steps.push(addColumn(entity, field, definition))
    else if (known.hidden) steps.push(restoreColumn(entity, field))
  }
  for (const [id, stored] of Object.entries(next.fields)) {
    if (stored.hidden && previous.fields[id]?.hidden !== true) steps.push(hideColumn(entity, id))
  }
  return steps
}

function columnDefinition(field: Field): string | null {
  const column = columnOf(field.type)
  if (column === null) return null
  const initial = column.initial?.(field) ?? null
  return `${quoted(field.column)} ${column.sqlType(field)}${initial === null ? '' : ` default ${initial}`}`
}

function addColumn(entity: Entity, field: Field, definition: string): Step {
  const table = tableName(entity.table)
  const initial = field.source.default
  const fill = initial === undefined || initial === null ? null : defaultLiteral(field, initial)
  return {
    class: 'safe',
    address: `entity/${entity.name}`,
    path: `/properties/${field.name}`,
    text:
      fill === null
        ? `Add the field “${field.title}”; it is empty in existing records.`
        : `Add the field “${field.title}”; existing records get its default.`,
    sql:
      fill === null
        ? [`alter table ${table} add column ${definition}`]
        : [
            `alter table ${table} add column ${definition} default ${fill}`,
            `alter table ${table} alter column ${quoted(field.column)} drop default`,
          ],
  }
}

/** The default as a SQL literal: DDL takes no parameters. */
function defaultLiteral(field: Field, value: Field['source'][string]): string | null {
  const column = columnOf(field.type)
  if (column === null || value === undefined) return null
  const bound = column.bind(value, field)
  if (bound === null) return null
  const text = Array.isArray(bound)
    ? `{${bound.map((entry) => JSON.stringify(String(entry))).join(',')}}`
    : String(bound)
  return `'${text.replaceAll("'", "''")}'::${column.sqlType(field)}`
}

function restoreColumn(entity: Entity, field: Field): Step {
  return {
    class: 'safe',
    address: `entity/${entity.name}`,
    path: `/properties/${field.name}`,
    text: `Show the field “${field.title}” again with the values it had.`,
    sql: [],
  }
}

function hideColumn(entity: Entity, id: string): Step {
  return {
    class: 'safe',
    address: `entity/${entity.name}`,
    path: `/properties/${id}`,
    text: `Hide the field “${id}”; its values are kept until it is purged.`,
    sql: [],
  }
}
