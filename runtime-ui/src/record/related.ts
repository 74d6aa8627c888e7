import { type Entity, type Field, fieldTypeOf, type Release } from '@heddle/metadata'
import { type Me, mayDo } from '../api/session.ts'

/** Records of `entity` that point here with `field`. */
export interface Relation {
  readonly entity: Entity
  readonly field: Field
}

/** Which other records may point to a record of the entity; its own lines are part of it and left out. */
export function relationsOf(release: Release, entity: Entity, me: Me): Relation[] {
  return release
    .referencesTo(entity.name)
    .filter(({ entity: other, field }) => {
      const { source = 'written' } = fieldTypeOf(field.type)
      return source === 'written' && field.settings.entity === entity.name && other.master === undefined
    })
    .filter(({ entity: other }) => mayDo(me, other.name, 'read'))
}
