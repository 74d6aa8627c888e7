import { valueTypeOf } from '../field-types/index.ts'
import type { Entity, Field } from '../release/entity.ts'

const suffix = '_base'

/** The amount that `name` is in the company's currency: `price` for `price_base`; undefined when it is no such name. */
export function baseAmount(entity: Entity, name: string): Field | undefined {
  if (!entity.hasCurrency || !name.endsWith(suffix)) return undefined
  const field = entity.fields.get(name.slice(0, -suffix.length))
  return field !== undefined && valueTypeOf(field).isAmount === true ? field : undefined
}

/** The names that an entity with a currency has for its amounts in the company's. */
export function baseNames(entity: Entity): string[] {
  if (!entity.hasCurrency) return []
  return [...entity.fields.keys()].map((name) => `${name}${suffix}`).filter((name) => baseAmount(entity, name))
}
