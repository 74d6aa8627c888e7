import { type Entity, type EntityStorage, type Field, fieldTypeOf } from '@heddle/metadata'
import { objectName } from '../storage/object-names.ts'

/** The fields of an entity whose values are links: ids in a table of their own. */
export function linkFields(entity: Entity): Field[] {
  return [...entity.fields.values()].filter((field) => fieldTypeOf(field.type).source === 'links')
}

/** The table in schema `app` that holds a field's links: columns source, target and position. */
export function linkTableOf(entity: Entity, field: Field): string {
  return linkTable(entity.id, field.column)
}

/** Every table that may hold links of an entity, those of hidden fields and of former types included. */
export function storedLinkTables(entityId: string, stored: EntityStorage): string[] {
  const columns = [
    ...Object.values(stored.fields).filter(({ columnType }) => columnType === ''),
    ...Object.entries(stored.retired ?? {}).flatMap(([column, type]) => (type === '' ? [{ column }] : [])),
  ]
  return columns.map(({ column }) => linkTable(entityId, column))
}

/** The table of links that a field with this column in an entity would have. */
export function linkTable(entityId: string, column: string): string {
  return objectName('link', entityId, column)
}
