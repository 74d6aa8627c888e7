import type { Release } from '../release/compile-release.ts'
import type { Entity } from '../release/entity.ts'
import { pureSchema, type SchemaPurpose } from '../release/pure-schemas.ts'
import { type KeyedMemory, rememberBy } from '../remember.ts'
import { compileValidator, type Validator } from '../validation/validator.ts'
import { linesFields } from './computed-fields.ts'

const memory: KeyedMemory<Validator> = new WeakMap()

/** The compiled validator of an entity's records, made when first needed. */
export function recordValidator(release: Release, entity: Entity, purpose: SchemaPurpose): Validator {
  // A schema with lines holds other entities' schemas too, so it lives no longer than the release.
  const subject = linesFields(entity).length > 0 ? release : entity
  return rememberBy(memory, subject, `${purpose} ${entity.name}`, () =>
    compileValidator(pureSchema(release, entity, purpose)),
  )
}
