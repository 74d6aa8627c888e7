import type { Entity, Field } from '@heddle/metadata'
import { hasColumn } from '../../field-types/index.ts'
import { objectName } from '../../storage/object-names.ts'
import type { ConstraintKind } from './constraint.ts'
import { failingQuery, quoted, tableName } from './step.ts'

/** Values of unique fields differ between all records outside the trash. */
export const unique: ConstraintKind = (entity, { valueIn }) =>
  uniqueFields(entity).map((field) => {
    const table = tableName(entity.table)
    const name = uniqueIndexName(entity, field)
    const value = valueIn(field)
    const twice = `(${value}) in (select ${value} from ${table} where deleted_at is null group by 1 having count(*) > 1)`
    const index = (how: string) =>
      `${how} ${quoted(name)} on ${table} (${quoted(field.column)}) where deleted_at is null`
    return {
      name,
      signature: name,
      create: index('create unique index'),
      drop: `drop index if exists app.${quoted(name)}`,
      path: `/properties/${field.name}`,
      text: `“${field.title}” must be different in every record.`,
      class: 'guarded',
      failing: {
        code: 'publish.unique.duplicate',
        message: `“${field.title}” has the same value in these records; make them different first.`,
        query: failingQuery(entity, twice, value, valueIn),
      },
      later: { create: [], kind: 'index', statement: index('create unique index concurrently if not exists') },
    }
  })

/** The fields of an entity whose values must be unique. */
export function uniqueFields(entity: Entity): Field[] {
  return [...entity.fields.values()].filter((field) => hasColumn(field) && field.isUnique)
}

/** The index that guards a unique field. */
export function uniqueIndexName(entity: Entity, field: Field): string {
  return objectName('unique', entity.id, field.column)
}
