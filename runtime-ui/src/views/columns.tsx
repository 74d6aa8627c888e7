import {
  type Entity,
  type FeelKind,
  type Field,
  operatorsOf as fieldOperators,
  type Json,
  type JsonObject,
  type Operator,
  type Release,
  valueTypeOf,
} from '@heddle/metadata'
import type { ComponentType, ReactNode } from 'react'
import { DepartmentCell, PersonCell } from '../fields/cells/ReferenceCell.tsx'
import { MomentCell } from '../fields/cells/TimeCell.tsx'
import { FieldValue } from '../fields/FieldValue.tsx'

/** A column of an entity's list: a field, or what every record has. */
export interface Column {
  readonly name: string
  readonly title: string
  readonly width: number
  readonly feel: FeelKind
  /** Name of the field type. */
  readonly type: string
  readonly field: Field | undefined
  readonly content: (record: JsonObject) => ReactNode
}

/** Names of what every record has and people may want to see. */
export const systemColumns = [
  'owner_id',
  'department_id',
  'created_at',
  'created_by',
  'updated_at',
  'updated_by',
] as const

/** The column of that name, undefined when the entity has none. `titles` names the system's columns. */
export function columnOf(
  { release, entity }: { readonly release: Release; readonly entity: Entity },
  name: string,
  titles: (name: SystemColumn) => string,
): Column | undefined {
  const field = entity.fields.get(name)
  if (field !== undefined) return fieldColumn(field, release, entity)
  const system = systemColumns.find((each) => each === name)
  return system === undefined ? undefined : systemColumn(system, titles(system))
}

/** All columns a list of the entity can have. */
export function allColumns(
  context: { readonly release: Release; readonly entity: Entity },
  titles: (name: SystemColumn) => string,
): Column[] {
  const names = [...context.entity.fields.keys(), ...systemColumns]
  return names.flatMap((name) => columnOf(context, name, titles) ?? [])
}

/** A system's column that has a title of its own. */
export type SystemColumn = (typeof systemColumns)[number]

/** Whether records can be put in order by the column. */
export function isSortable({ feel }: Column): boolean {
  return sortableKinds.has(feel)
}

/** The operators that conditions on the column may have. */
export function operatorsOf({ field, feel }: Column): readonly Operator[] {
  return field === undefined ? (systemOperators[feel] ?? []) : fieldOperators(field)
}

const systemOperators: { readonly [K in FeelKind]?: readonly Operator[] } = {
  reference: ['=', '!=', 'in', 'not in', 'empty', 'not empty'],
  datetime: ['>=', '<=', '>', '<', 'between'],
}

/** The FEEL kind of a field's values, of those it computes when it does. */
export function feelOf(field: Field): FeelKind {
  return valueTypeOf(field).feel
}

const sortableKinds: ReadonlySet<FeelKind> = new Set<FeelKind>([
  'text',
  'number',
  'boolean',
  'date',
  'datetime',
  'time',
  'duration',
  'option',
])

const widths: { readonly [K in FeelKind]: number } = {
  text: 160,
  number: 110,
  boolean: 80,
  date: 110,
  datetime: 130,
  time: 90,
  duration: 110,
  option: 110,
  texts: 160,
  reference: 160,
  records: 90,
  group: 180,
  address: 200,
  none: 180,
}

function fieldColumn(field: Field, release: Release, entity: Entity): Column {
  const feel = feelOf(field)
  return {
    name: field.name,
    title: field.title,
    width: field.name === entity.label ? 220 : widths[feel],
    feel,
    type: field.type,
    field,
    content: (record) => <FieldValue field={field} record={record} release={release} />,
  }
}

interface SystemCell {
  readonly feel: FeelKind
  readonly type: string
  readonly Cell: ComponentType<{ readonly value: Json }>
}

const person: SystemCell = { feel: 'reference', type: 'user', Cell: PersonCell }
const moment: SystemCell = { feel: 'datetime', type: 'datetime', Cell: MomentCell }
const systemCells: { readonly [N in SystemColumn]: SystemCell } = {
  owner_id: person,
  department_id: { feel: 'reference', type: 'department', Cell: DepartmentCell },
  created_at: moment,
  created_by: person,
  updated_at: moment,
  updated_by: person,
}

function systemColumn(name: SystemColumn, title: string): Column {
  const { feel, type, Cell } = systemCells[name]
  const content = (record: JsonObject) => {
    const value = record[name] ?? null
    return value === null ? null : <Cell value={value} />
  }
  return { name, title, width: feel === 'datetime' ? 130 : 120, feel, type, field: undefined, content }
}
