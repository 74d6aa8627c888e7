import type { Entity, Field } from '@heddle/metadata'
import { hasColumn } from '../../field-types/index.ts'
import { objectName } from '../../storage/object-names.ts'
import type { Constraint, ConstraintContext, ConstraintKind } from './constraint.ts'
import { failingQuery, quoted, tableName } from './step.ts'

const onDelete: { readonly [rule: string]: string } = { clear: 'set null', cascade: 'cascade' }

/** Lookups point to records that exist, and are found from the other side by an index. */
export const reference: ConstraintKind = (entity, context) =>
  [...entity.fields.values()].filter(hasColumn).flatMap((field) => {
    const target = field.settings.entity
    const targetTable = typeof target === 'string' ? context.tableOf(target) : undefined
    return targetTable === undefined ? [] : [index(entity, field), foreignKey(entity, field, targetTable, context)]
  })

function index(entity: Entity, field: Field): Constraint {
  const name = objectName('by', entity.id, field.column)
  const create = (how: string) => `${how} ${quoted(name)} on ${tableName(entity.table)} (${quoted(field.column)})`
  return {
    name,
    signature: name,
    create: create('create index'),
    drop: `drop index if exists app.${quoted(name)}`,
    path: `/properties/${field.name}`,
    text: `Index “${field.title}”, so that related records are found quickly.`,
    class: 'safe',
    later: { create: [], kind: 'index', statement: create('create index concurrently if not exists') },
  }
}

function foreignKey(entity: Entity, field: Field, target: string, { valueIn, isThere }: ConstraintContext): Constraint {
  const table = tableName(entity.table)
  const name = objectName('reference', entity.id, field.column)
  const rule = onDelete[String(field.settings.onDelete)] ?? (field.settings.master === true ? 'cascade' : 'no action')
  const create = `alter table ${table} add constraint ${quoted(name)} foreign key (${quoted(field.column)}) references ${tableName(target)} (id) on delete ${rule}`
  const value = valueIn(field)
  const found = `exists (select 1 from ${tableName(target)} x where x.id = (${value}))`
  const dangles = `(${value}) is not null and not ${isThere(target) ? found : 'false'}`
  return {
    name,
    signature: `${name} ${target} ${rule}`,
    create,
    drop: `alter table ${table} drop constraint if exists ${quoted(name)}`,
    path: `/properties/${field.name}`,
    text: `“${field.title}” points to existing records only.`,
    class: 'safe',
    failing: {
      code: 'publish.reference.dangling',
      message: `“${field.title}” of these records points to none; correct it first.`,
      query: failingQuery(entity, dangles, value, valueIn),
    },
    later: {
      create: [`${create} not valid`],
      kind: 'validate',
      statement: `alter table ${table} validate constraint ${quoted(name)}`,
    },
  }
}
