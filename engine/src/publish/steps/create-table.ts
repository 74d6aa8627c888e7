import type { Entity } from '@heddle/metadata'
import { columnDefinition } from './columns.ts'
import { type Step, tableName } from './step.ts'

/** The columns every record has. */
export const systemColumns = [
  { name: 'id', type: 'uuid', rule: 'primary key' },
  { name: 'version', type: 'integer', rule: 'not null default 1' },
  { name: 'owner_id', type: 'uuid', rule: '' },
  { name: 'department_id', type: 'uuid', rule: '' },
  { name: 'created_at', type: 'timestamptz', rule: 'not null default now()' },
  { name: 'created_by', type: 'uuid', rule: '' },
  { name: 'updated_at', type: 'timestamptz', rule: 'not null default now()' },
  { name: 'updated_by', type: 'uuid', rule: '' },
  { name: 'deleted_at', type: 'timestamptz', rule: '' },
  { name: '_search', type: 'tsvector', rule: '' },
  { name: '_position', type: 'integer', rule: '' },
] as const

/** The step that makes a new entity's table with all its columns. */
export function createTable(entity: Entity): Step {
  const own = [...entity.fields.values()].flatMap((field) => columnDefinition(field) ?? [])
  const system = systemColumns.map(({ name, type, rule }) => `${name} ${type} ${rule}`.trim())
  return {
    class: 'safe',
    address: `entity/${entity.name}`,
    path: '',
    text: `Create the table of “${entity.title}” with ${own.length} columns.`,
    sql: [`create table ${tableName(entity.table)} (\n  ${[...system, ...own].join(',\n  ')}\n)`],
  }
}
