import { isStored } from '@heddle/metadata'
import { hasColumn } from '../../field-types/index.ts'
import { objectName } from '../../storage/object-names.ts'
import type { ConstraintKind } from './constraint.ts'
import { failingQuery, quoted, tableName } from './step.ts'

/** Required fields must hold a value in every record outside the trash. */
export const required: ConstraintKind = (entity, { valueIn }) =>
  [...entity.fields.values()]
    .filter((field) => hasColumn(field) && !isStored(field) && field.isRequired)
    .map((field) => {
      const table = tableName(entity.table)
      const name = objectName('required', entity.id, field.column)
      const create = `alter table ${table} add constraint ${quoted(name)} check (${quoted(field.column)} is not null or deleted_at is not null)`
      return {
        name,
        signature: name,
        create,
        drop: `alter table ${table} drop constraint if exists ${quoted(name)}`,
        path: `/properties/${field.name}`,
        text: `“${field.title}” must be filled in.`,
        class: 'guarded',
        failing: {
          code: 'publish.required.empty',
          message: `“${field.title}” is empty in these records; fill it in first.`,
          query: failingQuery(entity, `(${valueIn(field)}) is null`, 'null', valueIn),
        },
        later: {
          create: [`${create} not valid`],
          kind: 'validate',
          statement: `alter table ${table} validate constraint ${quoted(name)}`,
        },
      }
    })
