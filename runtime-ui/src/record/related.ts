import { asText, type Entity, type Field, fieldTypeOf, type Release } from '@heddle/metadata'
import { type Me, mayDo } from '../api/session.ts'

/** Records of `entity` that point here with `field`. */
export interface Relation {
  readonly entity: Entity
  readonly field: Field
  /** Name under which a record includes them, when they have one. */
  readonly inverse: string | undefined
  /** The first choice among their fields says how they stand. */
  readonly state: Field | undefined
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
    .map(({ entity: other, field }) => ({
      entity: other,
      field,
      inverse: asText(field.settings.inverse),
      state: [...other.fields.values()].find(({ options }) => options.length > 0),
    }))
}

/** The fields that a list of such records shows. */
export function shownFields({ entity, state }: Relation): string[] {
  return [...new Set([entity.label ?? 'created_at', ...(state === undefined ? [] : [state.name])])]
}
