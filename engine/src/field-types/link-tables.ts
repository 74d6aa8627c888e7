import { type Entity, type Field, fieldTypeOf } from '@heddle/metadata'
import { objectName } from '../storage/object-names.ts'

/** The fields of an entity whose values are links: ids in a table of their own. */
export function linkFields(entity: Entity): Field[] {
  return [...entity.fields.values()].filter((field) => fieldTypeOf(field.type).source === 'links')
}

/** The table in schema `app` that holds a field's links: columns source, target and position. */
export function linkTableOf(entity: Entity, field: Field): string {
  return objectName('link', entity.id, field.column)
}
