import { type Field, type FieldType, fieldTypeOf, isStored } from '@heddle/metadata'
import { sql } from 'drizzle-orm'
import { bindJson, bindScalar, bindTexts, type ColumnDefinition, type ColumnSource } from './define-column.ts'
import { code, prose, returned, returnedColumn, scalarColumns } from './scalar-columns.ts'

const structure: ColumnDefinition = { sqlType: () => 'jsonb', bind: bindJson }
const texts: ColumnDefinition = {
  sqlType: () => 'text[]',
  bind: bindTexts,
  ofJson: (json) =>
    sql`(case when jsonb_typeof(${json}) = 'array' then array(select jsonb_array_elements_text(${json})) end)`,
}
const reference: ColumnDefinition = { sqlType: () => 'uuid', bind: bindScalar }
const attachment: ColumnDefinition = {
  sqlType: ({ settings }) => (settings.multiple === true ? 'jsonb' : 'uuid'),
  bind: (value) => (Array.isArray(value) ? bindJson(value) : bindScalar(value)),
}

/** Nothing gathered yet is counted as none; it has no sum, no least and no greatest. */
const gathered: ColumnDefinition = {
  ...returned,
  initial: ({ type, settings }) => (fieldTypeOf(type).aggregates?.(settings).function === 'count' ? '0' : null),
}

/** Kept formulas. Whole numbers on the way to others may outgrow a bigint, which must not fail the write. */
const worked: ColumnDefinition = {
  ...returned,
  sqlType: (field) => (field.settings.returns === 'integer' ? 'numeric' : returned.sqlType(field)),
  isPresent: isStored,
  isDerived: true,
}

/** The engine half of every field type that has a column; null for those that have none. */
export const columns = {
  ...scalarColumns,
  'long-text': prose,
  'rich-text': prose,
  email: prose,
  phone: prose,
  url: prose,
  'lunar-date': structure,
  select: code,
  'multi-select': texts,
  tags: texts,
  'option-tree': code,
  lookup: reference,
  lines: null,
  'many-to-many': null,
  'polymorphic-lookup': structure,
  user: { ...reference, directory: 'user' },
  department: { ...reference, directory: 'department' },
  file: attachment,
  image: attachment,
  address: structure,
  location: structure,
  autonumber: prose,
  formula: worked,
  rollup: gathered,
  group: structure,
  breakdown: structure,
  rating: { sqlType: () => 'smallint', bind: bindScalar },
  barcode: code,
  json: structure,
} satisfies { [K in FieldType]: ColumnDefinition | null }

/** The column of a field, null when its values live elsewhere. */
export function columnOf(field: ColumnSource): ColumnDefinition | null {
  const column: ColumnDefinition | null = columns[field.type]
  return column?.isPresent?.(field) === false ? null : column
}

/** True for a type whose columns hold what can be worked out again. */
export function isDerived(type: FieldType): boolean {
  const column: ColumnDefinition | null = columns[type]
  return column?.isDerived === true
}

/** The column that values of the field would have, computed ones included; null when they are no values. */
export function resultColumnOf(field: Field): ColumnDefinition | null {
  return fieldTypeOf(field.type).source === 'computed' ? returnedColumn(field.settings.returns) : columnOf(field)
}

/** True when a record itself has a value for the field: in a column, in links, or worked out. */
export function hasValue(field: Field): boolean {
  const { source } = fieldTypeOf(field.type)
  return source === 'links' || (source !== 'children' && resultColumnOf(field) !== null)
}

/** True when the field's values live in a column of its entity's table. */
export function hasColumn(field: Field): boolean {
  return columnOf(field) !== null && fieldTypeOf(field.type).source !== 'children'
}
