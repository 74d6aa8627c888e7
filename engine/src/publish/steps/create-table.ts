import type { Entity } from '@heddle/metadata'
import { columnDefinition } from './columns.ts'
import { type Step, tableName } from './step.ts'

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

/** The names of the columns every record has. */
export const systemColumnNames: readonly string[] = systemColumns.map((column) => column.split(' ')[0] ?? '')

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
