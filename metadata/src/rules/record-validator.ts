import type { Release } from '../release/compile-release.ts'
import type { Entity } from '../release/entity.ts'
import { pureSchema, type SchemaPurpose } from '../release/pure-schemas.ts'
import { compileValidator, type Validator } from '../validation/validator.ts'
import { linesFields } from './computed-fields.ts'

const memory = new WeakMap<Entity | Release, Map<string, Validator>>()

/** The compiled validator of an entity's records, made when first needed. */
export function recordValidator(release: Release, entity: Entity, purpose: SchemaPurpose): Validator {
  // A schema with lines holds other entities' schemas too, so it lives no longer than the release.
  const subject = linesFields(entity).length > 0 ? release : entity
  const known = memory.get(subject) ?? new Map<string, Validator>()
  memory.set(subject, known)
  const key = `${purpose} ${entity.name}`
  const validate = known.get(key) ?? compileValidator(pureSchema(release, entity, purpose))
  known.set(key, validate)
  return validate
}
