import type { Release } from '../release/compile-release.ts'
import type { Entity } from '../release/entity.ts'
import { pureSchema, type SchemaPurpose } from '../release/pure-schemas.ts'
import { compileValidator, type Validator } from '../validation/validator.ts'

const memory = new WeakMap<Release, Map<string, Validator>>()

/** The compiled validator of an entity's records, made when first needed. */
export function recordValidator(release: Release, entity: Entity, purpose: SchemaPurpose): Validator {
  const known = memory.get(release) ?? new Map<string, Validator>()
  memory.set(release, known)
  const key = `${purpose} ${entity.name}`
  const validate = known.get(key) ?? compileValidator(pureSchema(release, entity, purpose))
  known.set(key, validate)
  return validate
}
