import type { Entity, Field, JsonObject } from '@heddle/metadata'
import { columnOf } from '../field-types/index.ts'
import type { Connection } from '../storage/connect.ts'

/** The unique ones of these fields that no index guards yet. */
export function pendingFields(entity: Entity, fields: readonly Field[]): Field[] {
  return entity.pending.size === 0 ? [] : fields.filter((field) => field.isUnique && entity.pending.has(field.id))
}

/**
 * The first unique field, while no index guards it, whose value another record outside the trash has: the given value,
 * or the one that the record `id` has.
 */
export async function findTaken(
  connection: Connection,
  entity: Entity,
  values: JsonObject,
  id: string | undefined,
): Promise<Field | undefined> {
  const table = connection`app.${connection(entity.table)}`
  for (const field of pendingFields(entity, [...entity.fields.values()])) {
    const column = connection(field.column)
    const value = values[field.name]
    const bound = value === undefined || value === null ? null : (columnOf(field)?.bind(value, field) ?? null)
    const own = connection`(select ${column} from ${table} where id = ${id ?? null}::uuid)`
    const rows = await connection`
      select 1 from ${table} where ${column} = ${value === undefined ? own : bound} and deleted_at is null
        and id is distinct from ${id ?? null}::uuid limit 1`
    if (rows.length > 0) return field
  }
  return undefined
}
