import type { Entity, Field, Release } from '@heddle/metadata'
import type { FieldAccess, FieldLimits } from '../api/session.ts'

/**
 * The release as far as a person may see it: fields that are kept from them are not there, those they may only read are
 * read-only. What reads a hidden field (rules, formulas) is left to the engine.
 */
export function visibleRelease(release: Release, limits: FieldLimits): Release {
  if (limits.size === 0) return release
  const known = new Map<Entity, Entity>()
  const narrowed = (entity: Entity): Entity => {
    const limit = limits.get(entity.name)
    if (limit === undefined) return entity
    const made = known.get(entity) ?? narrowEntity(entity, limit)
    known.set(entity, made)
    return made
  }
  const narrow = (entity: Entity | undefined) => entity && narrowed(entity)
  return {
    ...release,
    entity: (name) => narrow(release.entity(name)),
    entityById: (id) => narrow(release.entityById(id)),
    referencesTo: (name) =>
      release.referencesTo(name).flatMap(({ entity, field }) => {
        const seen = narrowed(entity)
        const own = seen.fields.get(field.name)
        return own === undefined ? [] : [{ entity: seen, field: own }]
      }),
  }
}

function narrowEntity(entity: Entity, limit: ReadonlyMap<string, FieldAccess>): Entity {
  const isSeen = (name: string) => !isHidden(limit.get(name))
  const fields = [...entity.fields].flatMap(([name, field]): [string, Field][] =>
    isSeen(name) ? [[name, limit.has(name) ? readOnly(field) : field]] : [],
  )
  return {
    ...entity,
    fields: new Map(fields),
    label: entity.label !== undefined && isSeen(entity.label) ? entity.label : undefined,
    // What is searched is one text, so that one hidden field in it would be found out.
    search: entity.search.every(isSeen) ? entity.search : [],
  }
}

function isHidden(access: FieldAccess | undefined): boolean {
  return access === 'none' || access === 'masked'
}

function readOnly(field: Field): Field {
  const { required: _required, ...dynamic } = field.dynamic
  return { ...field, isRequired: false, dynamic: { ...dynamic, readOnly: 'true' } }
}
